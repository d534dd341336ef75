package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Row;

/**
 * What the reports for people say of a row, column by column.
 *
 * @param base the median of the base
 * @param baseError its interval, as a share of it
 * @param contender the median of the contender
 * @param contenderError its interval
 * @param change the change, or a tilde
 * @param interval the interval of the change; may be empty
 * @param sureness p and how many forks
 * @param verdict the verdict with the numbers of the notes that concern the row
 */
record Cells(
    String base,
    String baseError,
    String contender,
    String contenderError,
    String change,
    String interval,
    String sureness,
    String verdict) {

  static Cells of(Row row, Comparison comparison, Notes notes) {
    String verdict = row.verdict().text(comparison.settings().sameWithin());
    return new Cells(
        Words.value(row, row.base()),
        Words.error(row.base()),
        Words.value(row, row.contender()),
        Words.error(row.contender()),
        Words.change(row),
        Words.interval(row),
        Words.sureness(row),
        (verdict + " " + notes.of(row)).stripTrailing());
  }
}

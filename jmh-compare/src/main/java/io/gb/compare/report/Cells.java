package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.Unjudged;
import io.gb.compare.stats.Estimate;

/**
 * The cells of a row in the reports for people.
 *
 * @param base median of the base
 * @param baseError its interval, as a share of the median
 * @param contender median of the contender
 * @param contenderError its interval, as a share of the median
 * @param change the change, behind a tilde if none is shown
 * @param interval interval of the change; may be empty
 * @param evidence p and the number of forks
 * @param verdict the verdict with the numbers of the notes that concern the row
 */
record Cells(
    String base,
    String baseError,
    String contender,
    String contenderError,
    String change,
    String interval,
    String evidence,
    String verdict) {

  static Cells of(Row row, Comparison comparison, Notes notes) {
    String verdict = row.verdict().text(comparison.settings().sameWithin());
    return new Cells(
        Words.value(row.key(), row.base()),
        Words.error(row.base()),
        Words.value(row.key(), row.contender()),
        Words.error(row.contender()),
        Words.change(row),
        Words.interval(row),
        Words.evidence(row),
        (verdict + " " + notes.of(row)).stripTrailing());
  }

  /** Returns the cells of what one side alone has, with its value. */
  static Cells of(Unjudged one) {
    Estimate value = one.value().orElseThrow();
    String median = Words.value(one.key(), value);
    String error = Words.error(value);
    return one.why() == Unjudged.Why.GONE
        ? new Cells(median, error, "", "", "", "", "", "GONE")
        : new Cells("", "", median, error, "", "", "", "ADDED");
  }
}

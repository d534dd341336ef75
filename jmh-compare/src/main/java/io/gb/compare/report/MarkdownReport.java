package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.GateResult;
import io.gb.compare.Geomean;
import io.gb.compare.Numbers;
import io.gb.compare.Row;
import io.gb.compare.Row.TableKey;
import java.util.List;

/** Tables for a pull request or an issue. */
final class MarkdownReport implements Report {

  @Override
  public String render(Comparison comparison, List<GateResult> gates) {
    StringBuilder text = new StringBuilder();
    String common = Words.commonPackage(comparison.rows());
    Notes notes = new Notes(comparison);
    for (List<Row> table : comparison.tables()) {
      TableKey key = table.getFirst().key();
      text.append("### ").append(escape(heading(key))).append("\n\n");
      line(text, "benchmark", comparison.base(), key.contender(), "vs base", "", "verdict");
      text.append("|---|---:|---:|---:|---|---|\n");
      for (Row row : table) {
        line(
            text,
            row.id().label().substring(common.length()),
            Numbers.fourDigits(row.base().median()) + " " + Words.error(row.base()),
            Numbers.fourDigits(row.contender().median()) + " " + Words.error(row.contender()),
            Words.change(row),
            (Words.interval(row) + " " + Words.sureness(row)).strip(),
            (row.verdict().text(comparison.settings().sameWithin()) + " " + notes.of(row))
                .stripTrailing());
      }
      comparison.geomeans().stream()
          .filter(mean -> mean.key().equals(key))
          .forEach(mean -> geomean(text, mean));
      text.append('\n');
    }
    list(text, notes.lines());
    list(text, TextReport.gateLines(gates));
    return text.toString();
  }

  private static String heading(TableKey key) {
    return key.group().isEmpty() ? Words.title(key) : Words.title(key) + ", " + key.group();
  }

  private static void geomean(StringBuilder text, Geomean mean) {
    line(
        text,
        "geomean",
        Numbers.fourDigits(mean.base()),
        Numbers.fourDigits(mean.contender()),
        Words.percent(mean.ratio()),
        mean.rows() + " rows",
        "");
  }

  private static void line(StringBuilder text, String... cells) {
    for (String cell : cells) {
      text.append("| ").append(escape(cell)).append(cell.isEmpty() ? "" : " ");
    }
    text.append("|\n");
  }

  private static void list(StringBuilder text, List<String> lines) {
    lines.forEach(line -> text.append("- ").append(escape(line)).append('\n'));
    if (!lines.isEmpty()) {
      text.append('\n');
    }
  }

  /** What would be markup. */
  private static String escape(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>|~])", "\\\\$1");
  }
}

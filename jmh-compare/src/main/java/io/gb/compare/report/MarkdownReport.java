package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Geomean;
import io.gb.compare.Row;
import io.gb.compare.Row.TableKey;
import io.gb.compare.limit.GateResult;
import java.util.List;

/** Tables for a pull request or an issue. */
final class MarkdownReport {

  private MarkdownReport() {}

  static String render(Comparison comparison, List<GateResult> gates) {
    StringBuilder text = new StringBuilder();
    String common = Words.commonPackage(comparison.rows());
    Notes notes = new Notes(comparison);
    for (List<Row> table : comparison.tables()) {
      TableKey key = table.get(0).key();
      text.append("### ").append(escape(Words.titleWithGroup(key))).append("\n\n");
      line(text, "benchmark", comparison.base(), key.contender(), "vs base", "", "verdict");
      text.append("|---|---:|---:|---:|---|---|\n");
      for (Row row : table) {
        Cells cells = Cells.of(row, comparison, notes);
        line(
            text,
            row.id().label().substring(common.length()),
            cells.base() + " " + cells.baseError(),
            cells.contender() + " " + cells.contenderError(),
            cells.change(),
            (cells.interval() + " " + cells.evidence()).strip(),
            cells.verdict());
      }
      comparison.geomeans().stream()
          .filter(mean -> mean.key().equals(key))
          .forEach(mean -> geomean(text, mean));
      text.append('\n');
    }
    list(text, notes.lines());
    list(text, GateLine.of(gates).stream().map(GateLine::text).toList());
    return text.toString();
  }

  private static void geomean(StringBuilder text, Geomean mean) {
    line(text, "geomean", "", "", Words.percent(mean.ratio()), Words.rows(mean.rows()), "");
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

  /** Escapes what would be markup. */
  private static String escape(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>|~])", "\\\\$1");
  }
}

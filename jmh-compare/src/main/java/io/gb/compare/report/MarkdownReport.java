package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.limit.GateResult;
import io.gb.text.ForeignText;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tables for a pull request or an issue: counts and gates, then the rows that changed, then,
 * folded, the others and the notes. It stays below the size that GitHub allows for a comment. Names
 * of others are code spans, in which they are neither markup nor mentions nor links.
 */
final class MarkdownReport {

  /** GitHub allows 65,536 characters; the rest is for what closes the sections. */
  private static final int MOST = 64_000;

  /** No section may take the room of those behind it. */
  private static final int MOST_GATES = 8_000;

  private static final int MOST_CHANGES = 40_000;
  private static final int MOST_NOTES = 6_000;

  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String render(Comparison comparison, List<GateResult> gates) {
    MarkdownReport report = new MarkdownReport();
    Notes notes = new Notes(comparison);
    report.text.append("**").append(escape(Words.counts(comparison))).append("**\n\n");
    report.list(GateLine.of(gates).stream().map(GateLine::text).toList(), MOST_GATES);
    List<Table> tables = Table.of(comparison, notes);
    report.tables(comparison, tables, Line::isChange, MOST_CHANGES);
    report.folded(
        count(tables, line -> !line.isChange()),
        "without a shown change",
        () -> report.tables(comparison, tables, line -> !line.isChange(), MOST - MOST_NOTES));
    report.folded(notes.lines().size(), "notes", () -> report.list(notes.lines(), MOST));
    return report.text.toString();
  }

  private static long count(List<Table> tables, Predicate<Line> kept) {
    return tables.stream().flatMap(table -> table.lines().stream()).filter(kept).count();
  }

  private void folded(long count, String what, Runnable content) {
    if (count > 0) {
      text.append("<details><summary>").append(count).append(' ').append(what);
      text.append("</summary>\n\n");
      content.run();
      text.append("</details>\n\n");
    }
  }

  /** Appends tables with some of their lines, as far as there is room for them. */
  private void tables(
      Comparison comparison, List<Table> tables, Predicate<Line> kept, int mostText) {
    long left = 0;
    for (Table table : tables) {
      List<Line> lines = table.lines().stream().filter(kept).toList();
      StringBuilder head = new StringBuilder();
      head.append("### ").append(code(Words.titleWithGroup(table.key()))).append("\n\n");
      String contender = code(table.key().contender());
      cells(head, "benchmark", code(comparison.base()), contender, "vs base", "", "verdict");
      head.append("|---|---:|---:|---:|---|---|\n");
      boolean hasHead = false;
      for (Line line : lines) {
        StringBuilder cells = line(line);
        if (text.length() + (hasHead ? 0 : head.length()) + cells.length() > mostText) {
          left++;
          continue;
        }
        text.append(hasHead ? "" : head).append(cells);
        hasHead = true;
      }
      if (hasHead) {
        boolean isWhole = lines.size() == table.lines().size();
        table
            .geomean()
            .filter(mean -> isWhole)
            .ifPresent(mean ->
                cells(text, "geomean", "", "", Words.percent(mean.ratio()), table.meanOf(), ""));
        text.append('\n');
      }
    }
    if (left > 0) {
      text.append("There is no room for ").append(left).append(" more.\n\n");
    }
  }

  private static StringBuilder line(Line line) {
    Cells cells = line.cells();
    StringBuilder text = new StringBuilder();
    cells(
        text,
        code(line.label()),
        (cells.base() + " " + cells.baseError()).strip(),
        (cells.contender() + " " + cells.contenderError()).strip(),
        escape(cells.change()),
        escape((cells.interval() + " " + cells.evidence()).strip()),
        cells.verdict());
    return text;
  }

  private static void cells(StringBuilder text, String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell).append(cell.isEmpty() ? "" : " ");
    }
    text.append("|\n");
  }

  private void list(List<String> lines, int mostText) {
    int written = 0;
    for (String line : lines) {
      String item = "- " + code(line) + "\n";
      if (text.length() + item.length() > mostText) {
        text.append("- and ").append(lines.size() - written).append(" more\n");
        break;
      }
      text.append(item);
      written++;
    }
    text.append(lines.isEmpty() ? "" : "\n");
  }

  /** Names of others, which may hold anything. */
  private static String code(String text) {
    return ForeignText.markdown(ForeignText.line(text, 1_000));
  }

  /** Escapes what would be markup in our own words. */
  private static String escape(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>|~])", "\\\\$1");
  }
}

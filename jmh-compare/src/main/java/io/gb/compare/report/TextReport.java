package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Row.TableKey;
import io.gb.compare.limit.GateResult;
import io.gb.text.ForeignText;
import java.nio.charset.Charset;
import java.util.List;

/** Tables like those of benchstat, with notes and gates below them. */
final class TextReport {

  private static final String SPECIAL = "±∞" + Notes.DIGITS;
  private static final List<String> IN_ASCII =
      List.of("+-", "inf", "[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]", "[9]");

  private final boolean isAscii;

  /** Avoids characters that the charset does not have. */
  TextReport(Charset charset) {
    this.isAscii = !charset.canEncode() || !charset.newEncoder().canEncode(SPECIAL);
  }

  String render(Comparison comparison, List<GateResult> gates) {
    StringBuilder text = new StringBuilder();
    Notes notes = new Notes(comparison);
    String common = notes.common();
    if (!common.isEmpty()) {
      text.append(spell("package: " + common.substring(0, common.length() - 1))).append('\n');
    }
    for (Table table : Table.of(comparison, notes)) {
      TableKey key = table.key();
      text.append('\n');
      if (!key.group().isEmpty()) {
        text.append(spell(key.group())).append('\n');
      }
      Grid grid = new Grid("lrlrlrrll", this::spell);
      grid.add(Words.title(key), comparison.base(), "", key.contender(), "", "vs base", "", "", "");
      for (Line line : table.lines()) {
        Cells cells = line.cells();
        grid.add(
            line.label(),
            cells.base(),
            cells.baseError(),
            cells.contender(),
            cells.contenderError(),
            cells.change(),
            cells.interval(),
            cells.evidence(),
            cells.verdict());
      }
      table
          .geomean()
          .ifPresent(mean ->
              grid.add(
                  "geomean", "", "", "", "", Words.percent(mean.ratio()), "", table.meanOf(), ""));
      grid.appendTo(text);
    }
    append(text, notes.lines());
    append(text, GateLine.of(gates).stream().map(GateLine::text).toList());
    return text.toString();
  }

  private void append(StringBuilder text, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append('\n');
      lines.forEach(line -> text.append(spell(line)).append('\n'));
    }
  }

  /** All text goes out through here: what others wrote is shown, not obeyed. */
  private String spell(String text) {
    String spelled = ForeignText.line(text);
    for (int i = 0; isAscii && i < SPECIAL.length(); i++) {
      if (text.indexOf(SPECIAL.charAt(i)) >= 0) {
        spelled = spelled.replace(SPECIAL.substring(i, i + 1), IN_ASCII.get(i));
      }
    }
    return spelled;
  }
}

package io.gb.compare.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.gb.compare.Comparison;
import io.gb.compare.Gate;
import io.gb.compare.GateResult;
import io.gb.compare.Geomean;
import io.gb.compare.Numbers;
import io.gb.compare.Row;
import io.gb.compare.Row.TableKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables in the look of benchstat, notes and gates below them. */
final class TextReport implements Report {

  @Override
  public String render(Comparison comparison, List<GateResult> gates) {
    StringBuilder text = new StringBuilder();
    String common = Words.commonPackage(comparison.rows());
    if (!common.isEmpty()) {
      text.append("package: ").append(common, 0, common.length() - 1).append('\n');
    }
    Notes notes = new Notes(comparison);
    Map<TableKey, Geomean> means = new LinkedHashMap<>();
    comparison.geomeans().forEach(mean -> means.put(mean.key(), mean));
    for (List<Row> table : comparison.tables()) {
      TableKey key = table.getFirst().key();
      text.append('\n');
      if (!key.group().isEmpty()) {
        text.append(key.group()).append('\n');
      }
      Grid grid = new Grid("lrlrlrrll");
      grid.add(Words.title(key), comparison.base(), "", key.contender(), "", "vs base", "", "", "");
      for (Row row : table) {
        grid.add(
            row.id().label().substring(common.length()),
            Numbers.fourDigits(row.base().median()),
            Words.error(row.base()),
            Numbers.fourDigits(row.contender().median()),
            Words.error(row.contender()),
            Words.change(row),
            Words.interval(row),
            Words.sureness(row),
            (row.verdict().text(comparison.settings().sameWithin()) + " " + notes.of(row))
                .stripTrailing());
      }
      Geomean mean = means.get(key);
      if (mean != null) {
        grid.add(
            "geomean",
            Numbers.fourDigits(mean.base()),
            "",
            Numbers.fourDigits(mean.contender()),
            "",
            Words.percent(mean.ratio()),
            "",
            mean.rows() < table.size() ? "(" + mean.rows() + " rows)" : "",
            "");
      }
      grid.appendTo(text);
    }
    append(text, notes.lines());
    append(text, gateLines(gates));
    return text.toString();
  }

  /** What the gates say, gate by gate. */
  static List<String> gateLines(List<GateResult> results) {
    Map<Gate, List<GateResult>> byGate =
        results.stream().collect(groupingBy(GateResult::gate, LinkedHashMap::new, toList()));
    return byGate.values().stream().flatMap(ofGate -> Words.gate(ofGate).stream()).toList();
  }

  private static void append(StringBuilder text, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append('\n');
      lines.forEach(line -> text.append(line).append('\n'));
    }
  }
}

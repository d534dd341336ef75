package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Geomean;
import io.gb.compare.Row.TableKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of the reports for people.
 *
 * @param key what its lines have in common
 * @param lines at least one: the rows, then what one side alone has
 * @param geomean the mean of its ratios, if there is one
 */
record Table(TableKey key, List<Line> lines, Optional<Geomean> geomean) {

  static List<Table> of(Comparison comparison, Notes notes) {
    Map<TableKey, List<Line>> lines = new LinkedHashMap<>();
    comparison.rows().forEach(row -> lines(lines, row.key()).add(Line.of(row, comparison, notes)));
    comparison.unjudged().stream()
        .filter(one -> one.value().isPresent())
        .forEach(one -> lines(lines, one.key()).add(Line.of(one, notes)));
    Map<TableKey, Geomean> means = new LinkedHashMap<>();
    comparison.geomeans().forEach(mean -> means.put(mean.key(), mean));
    return lines.entrySet().stream()
        .map(table ->
            new Table(
                table.getKey(), table.getValue(), Optional.ofNullable(means.get(table.getKey()))))
        .toList();
  }

  private static List<Line> lines(Map<TableKey, List<Line>> tables, TableKey key) {
    return tables.computeIfAbsent(key, unused -> new ArrayList<>());
  }

  /** Says of how many rows the mean is, unless it is of all and all show a change. */
  String meanOf() {
    long shown = lines.stream().flatMap(line -> line.row().stream()).filter(r -> r.shown()).count();
    return geomean
        .filter(mean -> mean.rows() < lines.size() || shown < lines.size())
        .map(mean -> "(" + Words.rows(mean.rows()) + ", " + shown + " shown)")
        .orElse("");
  }
}

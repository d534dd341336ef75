package io.gb.compare;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.stats.Ratio;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The geometric mean of the ratios of one table. Rows without a ratio are left out. Exact metrics
 * have no mean: the ratio of two numbers below the floor would count as much as any other.
 *
 * @param key the table
 * @param ratio the mean of the ratios, above 0
 * @param rows number of rows that have a ratio, at least 2
 */
public record Geomean(TableKey key, double ratio, int rows) {

  /** Computes the mean of each table that has two ratios or more. */
  static List<Geomean> of(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.method() != Method.EXACT && row.ratio().isPresent())
        .collect(groupingBy(Row::key, LinkedHashMap::new, toList()))
        .entrySet()
        .stream()
        .filter(table -> table.getValue().size() > 1)
        .map(table -> of(table.getKey(), table.getValue()))
        .toList();
  }

  private static Geomean of(TableKey key, List<Row> table) {
    double sum = 0;
    for (Row row : table) {
      sum += Math.log(row.ratio().map(Ratio::value).orElseThrow());
    }
    return new Geomean(key, Math.exp(sum / table.size()), table.size());
  }
}

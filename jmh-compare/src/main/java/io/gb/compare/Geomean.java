package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.stats.Ratio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    Map<TableKey, List<Row>> tables = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.method() != Method.EXACT && row.ratio().isPresent()) {
        tables.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row);
      }
    }
    List<Geomean> means = new ArrayList<>();
    tables.forEach((key, table) -> {
      if (table.size() > 1) {
        means.add(of(key, table));
      }
    });
    return List.copyOf(means);
  }

  private static Geomean of(TableKey key, List<Row> table) {
    double sum = 0;
    for (Row row : table) {
      sum += Math.log(row.ratio().map(Ratio::value).orElseThrow());
    }
    return new Geomean(key, Math.exp(sum / table.size()), table.size());
  }
}

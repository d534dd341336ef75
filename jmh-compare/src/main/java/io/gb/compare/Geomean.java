package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.stats.Ratio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The geometric mean of the ratios of one table. Rows whose ratio does not exist are left out.
 * Exact metrics have none: the ratio of two numbers below the floor would weigh as much as any
 * other.
 *
 * @param key the table
 * @param ratio of the ratios; the mean of the medians would be a different number
 * @param rows over how many rows
 */
public record Geomean(TableKey key, double ratio, int rows) {

  /** Computes them for all tables that have two rows or more to take the mean of. */
  static List<Geomean> of(List<Row> rows) {
    Map<TableKey, List<Row>> tables = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.method() != Method.EXACT && row.ratio().isPresent()) {
        tables.computeIfAbsent(row.key(), _ -> new ArrayList<>()).add(row);
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

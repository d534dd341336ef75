package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.stats.Ratio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The geometric means over one table. Rows whose ratio does not exist are left out. Exact metrics
 * have none: the ratio of two numbers below the floor would weigh as much as any other.
 *
 * @param key the table
 * @param base of the medians of the base
 * @param contender of the medians of the contender
 * @param ratio of the ratios
 * @param rows over how many rows
 */
public record Geomean(TableKey key, double base, double contender, double ratio, int rows) {

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
    double base = 0;
    double contender = 0;
    double ratio = 0;
    for (Row row : table) {
      base += Math.log(row.base().median());
      contender += Math.log(row.contender().median());
      ratio += Math.log(row.ratio().map(Ratio::value).orElseThrow());
    }
    int n = table.size();
    return new Geomean(key, Math.exp(base / n), Math.exp(contender / n), Math.exp(ratio / n), n);
  }
}

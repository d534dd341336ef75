package io.gb.compare;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.stats.Ratio;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which rows to compare, and in what order to show them. Immutable. Rows that are left out do not
 * count in Holm's correction either.
 *
 * @param benchmark is found in the names of the benchmarks to compare
 * @param metric is found in the names of the metrics to compare
 * @param params the values that parameters may have, by parameter
 * @param group the parameter, or {@code benchmark}, that has a table for each of its values; empty
 *     without grouping
 * @param order order of the rows in a table
 */
public record Selection(
    Pattern benchmark, Pattern metric, Map<String, Set<String>> params, String group, Order order) {

  /** The order of the rows of a table. */
  public enum Order {
    /** The order of the base. */
    FILE,
    /** By benchmark, then parameters; numbers by value and before other texts. */
    NAME,
    /** From the largest decrease to the largest increase. */
    CHANGE,
    /** By p, the smallest first. */
    P
  }

  private static final Pattern ANY = Pattern.compile("");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** Numbers by their value, then other texts. */
  private static final Comparator<String> VALUES =
      Comparator.comparing((String value) -> !NUMBER.matcher(value).matches())
          .thenComparingDouble(
              value -> NUMBER.matcher(value).matches() ? Double.parseDouble(value) : 0)
          .thenComparing(Comparator.naturalOrder());

  /** Copies the map and its sets. */
  public Selection {
    params =
        params.entrySet().stream()
            .collect(toUnmodifiableMap(Map.Entry::getKey, param -> Set.copyOf(param.getValue())));
  }

  /** {@return all rows in the order of the base} */
  public static Selection everything() {
    return new Selection(ANY, ANY, Map.of(), "", Order.FILE);
  }

  /**
   * Finds a part of the selection that matches nothing on any side, and so must be a mistake.
   *
   * @param sides all sides of a comparison
   * @return one line that begins with {@code filter}, {@code param}, {@code metric} or {@code
   *     group} and its value; empty if all parts match something
   */
  public String complaint(List<Side> sides) {
    List<JmhResult> all = sides.stream().flatMap(side -> side.results().stream()).toList();
    if (all.stream().noneMatch(one -> benchmark.matcher(one.id().benchmark()).find())) {
      return "filter " + benchmark + ": no benchmark has this in its name";
    }
    for (Map.Entry<String, Set<String>> param : params.entrySet()) {
      for (String value : param.getValue()) {
        if (all.stream().noneMatch(one -> value.equals(one.id().params().get(param.getKey())))) {
          return "param "
              + param.getKey()
              + "="
              + value
              + ": no benchmark has this parameter value";
        }
      }
    }
    Set<String> metrics =
        all.stream()
            .flatMap(one -> one.metrics().stream())
            .map(JmhMetric::name)
            .collect(toCollection(TreeSet::new));
    if (metrics.stream().noneMatch(this::takes)) {
      return "metric "
          + metric
          + ": no metric has this in its name; available: "
          + String.join(", ", metrics);
    }
    boolean isGrouped =
        group.isEmpty() || all.stream().anyMatch(one -> !groupOf(one.id()).isEmpty());
    return isGrouped ? "" : "group " + group + ": no benchmark has this parameter";
  }

  private static boolean has(BenchmarkId id, Map.Entry<String, Set<String>> param) {
    String value = id.params().get(param.getKey());
    return value != null && param.getValue().contains(value);
  }

  boolean takes(BenchmarkId id) {
    return benchmark.matcher(id.benchmark()).find()
        && params.entrySet().stream().allMatch(param -> has(id, param));
  }

  boolean takes(String metricName) {
    return metric.matcher(metricName).find();
  }

  String groupOf(BenchmarkId id) {
    if (group.equals("benchmark")) {
      return id.benchmark();
    }
    String value = id.params().get(group);
    return value == null ? "" : group + "=" + value;
  }

  Comparator<Row> comparator() {
    return switch (order) {
      case FILE -> Comparator.comparingInt(row -> 0);
      case NAME ->
          Comparator.comparing((Row row) -> row.id().benchmark())
              .thenComparing(row -> row.id().params(), Selection::compareParams);
      case CHANGE -> Comparator.comparingDouble(Selection::change);
      case P -> Comparator.comparingDouble(row -> row.adjustedP().orElse(row.shown() ? 0 : 1));
    };
  }

  /** Returns the ratio, 0 or infinite if one side is 0; negative values have none and come last. */
  private static double change(Row row) {
    double base = row.base().median();
    double contender = row.contender().median();
    return row.ratio()
        .map(Ratio::value)
        .orElse(base < 0 || contender < 0 ? Double.NaN : contender / base);
  }

  private static int compareParams(Map<String, String> one, Map<String, String> other) {
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    for (String name : names) {
      int order = VALUES.compare(one.getOrDefault(name, ""), other.getOrDefault(name, ""));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}

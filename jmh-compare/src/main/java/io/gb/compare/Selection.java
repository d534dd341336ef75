package io.gb.compare;

import static java.util.stream.Collectors.toCollection;

import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which rows to compare, and in what order to show them. Immutable. What is left out does not count
 * for Holm's correction either.
 *
 * @param benchmark found in the names of benchmarks to compare
 * @param metric found in the names of metrics to compare
 * @param params values that parameters must have
 * @param group {@code benchmark} or a parameter to make a table of its own for each value of; empty
 *     for none
 * @param order of the rows within a table
 */
public record Selection(
    Pattern benchmark, Pattern metric, Map<String, String> params, String group, Order order) {

  /** In what order to show the rows of a table. */
  public enum Order {
    /** As in the base. */
    FILE,
    /** By benchmark, then parameters; numbers by value and before texts. */
    NAME,
    /** From the largest decrease to the largest increase. */
    CHANGE,
    /** From the surest to the least sure. */
    P
  }

  private static final Pattern ANY = Pattern.compile("");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** Numbers by their value, then texts. */
  private static final Comparator<String> VALUES =
      Comparator.comparing((String value) -> !NUMBER.matcher(value).matches())
          .thenComparingDouble(
              value -> NUMBER.matcher(value).matches() ? Double.parseDouble(value) : 0)
          .thenComparing(Comparator.naturalOrder());

  /** Copies the map. */
  public Selection {
    params = Map.copyOf(params);
  }

  /** Returns all rows in the order of the base. */
  public static Selection everything() {
    return new Selection(ANY, ANY, Map.of(), "", Order.FILE);
  }

  /**
   * Says which part of it fits nothing at all on any side, so that it cannot be meant.
   *
   * @return one line that begins with {@code filter}, {@code param}, {@code metric} or {@code
   *     group} and its value; empty if there is no such thing
   */
  public String complaint(List<Side> sides) {
    List<JmhResult> all = sides.stream().flatMap(side -> side.results().stream()).toList();
    if (all.stream().noneMatch(one -> benchmark.matcher(one.id().benchmark()).find())) {
      return "filter " + benchmark + ": is in no benchmark's name";
    }
    for (Map.Entry<String, String> param : params.entrySet()) {
      if (all.stream().noneMatch(one -> has(one.id(), param))) {
        return "param " + param + ": no benchmark has it";
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
          + ": is in no metric's name; there are "
          + String.join(", ", metrics);
    }
    boolean isGrouped =
        group.isEmpty() || all.stream().anyMatch(one -> !groupOf(one.id()).isEmpty());
    return isGrouped ? "" : "group " + group + ": no benchmark has such a parameter";
  }

  private static boolean has(BenchmarkId id, Map.Entry<String, String> param) {
    return param.getValue().equals(id.params().get(param.getKey()));
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
      case FILE -> (_, _) -> 0;
      case NAME ->
          Comparator.comparing((Row row) -> row.id().benchmark())
              .thenComparing(row -> row.id().params(), Selection::compareParams);
      case CHANGE ->
          Comparator.comparingDouble(row -> row.ratio().map(r -> r.value()).orElse(Double.NaN));
      case P -> Comparator.comparingDouble(row -> row.adjustedP().orElse(0));
    };
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

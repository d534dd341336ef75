package io.gb.compare.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Adds the zeros that JMH's gc profiler does not write: an iteration without a collection has no
 * {@code gc.time} and no {@code gc.churn}, and one that allocates nothing has no {@code
 * gc.alloc.rate.norm}. The metrics that it always writes show how many zeros are missing. Their
 * position within a fork does not matter. Which churn is missing altogether, only the other side of
 * a comparison tells.
 */
final class LeftOutZeros {

  /** A metric that may be missing, and one that is always written if the profiler ran. */
  private record Rule(String metric, String unit, String beside) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule("gc.alloc.rate.norm", "B/op", "gc.alloc.rate"),
          new Rule("gc.time", "ms", "gc.count"));

  private LeftOutZeros() {}

  private static final String CHURN = "gc.churn.";

  /** Fills the gaps in the secondary metrics of a result. */
  static void fill(Map<String, RawMetric> metrics) {
    RawMetric collections = metrics.get("gc.count");
    if (collections != null) {
      metrics.replaceAll((name, known) ->
          name.startsWith(CHURN) && known.forks().size() == collections.forks().size()
              ? filled(known, collections)
              : known);
    }
    for (Rule rule : RULES) {
      RawMetric beside = metrics.get(rule.beside());
      if (beside != null) {
        RawMetric known = metrics.get(rule.metric());
        if (known == null) {
          addZeros(metrics, rule, beside);
        } else if (known.forks().size() == beside.forks().size()) {
          metrics.put(rule.metric(), filled(known, beside));
        }
      }
    }
  }

  private static void addZeros(Map<String, RawMetric> metrics, Rule rule, RawMetric beside) {
    List<double[]> zeros = beside.forks().stream().map(fork -> new double[measured(fork)]).toList();
    if (zeros.stream().anyMatch(fork -> fork.length > 0)
        || (zeros.isEmpty() && Double.isFinite(beside.score()))) {
      metrics.put(rule.metric(), new RawMetric(rule.unit(), 0, zeros, List.of()));
    }
  }

  private static RawMetric filled(RawMetric known, RawMetric beside) {
    List<double[]> filled = new ArrayList<>(known.forks().size());
    for (int fork = 0; fork < known.forks().size(); fork++) {
      double[] scores = known.forks().get(fork);
      filled.add(
          Arrays.copyOf(scores, Math.max(scores.length, measured(beside.forks().get(fork)))));
    }
    return new RawMetric(known.unit(), known.score(), filled, List.of());
  }

  /** Returns the number of iterations that were measured; JMH writes NaN for the others. */
  private static int measured(double[] fork) {
    return (int) Arrays.stream(fork).filter(Double::isFinite).count();
  }
}

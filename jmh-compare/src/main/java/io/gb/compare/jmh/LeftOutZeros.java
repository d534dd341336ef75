package io.gb.compare.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Puts back the zeros that JMH's gc profiler does not write: of an iteration without a collection
 * it gives no {@code gc.time}, and of one that allocates nothing no {@code gc.alloc.rate.norm}.
 * What it always gives tells how many are missing. Where the zeros stand within a fork does not
 * matter.
 */
final class LeftOutZeros {

  /** A metric that may be missing, and the one that is always there if it was measured at all. */
  private record Rule(String metric, String unit, String beside) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule("gc.alloc.rate.norm", "B/op", "gc.alloc.rate"),
          new Rule("gc.time", "ms", "gc.count"));

  private LeftOutZeros() {}

  /** Fills the gaps in the secondary metrics of a result. */
  static void fill(Map<String, RawMetric> metrics) {
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

  /** How many iterations were measured: where that fails, JMH writes NaN beside. */
  private static int measured(double[] fork) {
    return (int) Arrays.stream(fork).filter(Double::isFinite).count();
  }
}

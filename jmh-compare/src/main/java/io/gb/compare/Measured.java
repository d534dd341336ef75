package io.gb.compare;

import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.Environment;
import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One benchmark on one side, with the forks of all its files together. */
final class Measured {

  private final BenchmarkId id;
  private final Set<Environment> environments = new LinkedHashSet<>();
  private final Map<String, List<JmhMetric>> metrics = new LinkedHashMap<>();

  private Measured(BenchmarkId id) {
    this.id = id;
  }

  /**
   * Puts the results of a side together, in the order in which each benchmark first comes.
   *
   * @param ofSeveralThreadCounts the benchmarks whose results belong together only if they ran with
   *     as many threads
   */
  static Map<BenchmarkId, Measured> of(Side side, Set<BenchmarkId> ofSeveralThreadCounts) {
    Map<BenchmarkId, Measured> all = new LinkedHashMap<>();
    for (JmhResult result : side.results()) {
      BenchmarkId id =
          ofSeveralThreadCounts.contains(result.id())
              ? result.id().withThreads(result.environment().threads())
              : result.id();
      Measured measured = all.computeIfAbsent(id, Measured::new);
      measured.environments.add(result.environment());
      for (JmhMetric metric : result.metrics()) {
        measured.metrics.computeIfAbsent(metric.name(), _ -> new ArrayList<>(1)).add(metric);
      }
    }
    return all;
  }

  /** The benchmarks that a side ran with different numbers of threads. */
  static Set<BenchmarkId> ofSeveralThreadCounts(Side side) {
    Map<BenchmarkId, Integer> first = new HashMap<>();
    Set<BenchmarkId> several = new HashSet<>();
    for (JmhResult result : side.results()) {
      int threads = result.environment().threads();
      Integer known = first.putIfAbsent(result.id(), threads);
      if (known != null && known != threads) {
        several.add(result.id());
      }
    }
    return several;
  }

  BenchmarkId id() {
    return id;
  }

  /** Where it ran; more than one if its files do not agree. */
  Set<Environment> environments() {
    return environments;
  }

  /** Whether two of its results have the same scores of the primary metric. */
  boolean repeatsItself() {
    List<JmhMetric> own = primary();
    for (int i = 0; i < own.size(); i++) {
      if (own.subList(0, i).stream().anyMatch(own.get(i)::hasSameScores)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of its results has the same scores of the primary metric as one of another's. */
  boolean repeats(Measured other) {
    return primary().stream()
        .anyMatch(mine -> other.primary().stream().anyMatch(mine::hasSameScores));
  }

  private List<JmhMetric> primary() {
    return metrics.getOrDefault(id.mode().metric(), List.of());
  }

  Set<String> metricNames() {
    return metrics.keySet();
  }

  /** The unit of a metric's first appearance. */
  Unit unit(String metric) {
    return new Unit(all(metric).getFirst().unit());
  }

  /** Whether all appearances of a metric can be converted to a unit. */
  boolean converts(String metric, Unit unit) {
    return all(metric).stream().allMatch(m -> new Unit(m.unit()).factorTo(unit).isPresent());
  }

  /** How many scores were left out, because they were no numbers. */
  int dropped(String metric) {
    return all(metric).stream().mapToInt(JmhMetric::dropped).sum();
  }

  /**
   * The scores by fork and iteration, in a unit they convert to. Without raw data, the score stands
   * for one fork with one iteration.
   */
  List<double[]> forks(String metric, Unit unit) {
    List<double[]> forks = new ArrayList<>();
    for (JmhMetric part : all(metric)) {
      double factor = new Unit(part.unit()).factorTo(unit).orElseThrow();
      for (int fork = 0; fork < part.forks(); fork++) {
        forks.add(scaled(part.iterations(fork), factor));
      }
      if (part.forks() == 0 && Double.isFinite(part.score())) {
        forks.add(new double[] {part.score() * factor});
      }
    }
    return forks;
  }

  private List<JmhMetric> all(String metric) {
    List<JmhMetric> all = metrics.get(metric);
    if (all == null) {
      throw new IllegalArgumentException("no metric " + metric);
    }
    return all;
  }

  private static double[] scaled(double[] scores, double factor) {
    if (factor != 1) {
      for (int i = 0; i < scores.length; i++) {
        scores[i] *= factor;
      }
    }
    return scores;
  }
}

package io.gb.compare.measured;

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
import java.util.Optional;
import java.util.Set;

/** One benchmark on one side, with the forks of all its results together. Not thread-safe. */
public final class Measured {

  private final BenchmarkId id;
  private final Set<Environment> environments = new LinkedHashSet<>();
  private final Map<String, List<JmhMetric>> metrics = new LinkedHashMap<>();

  private Measured(BenchmarkId id) {
    this.id = id;
  }

  /**
   * Puts the results of each benchmark together, in the order in which each first appears.
   *
   * @param results of one side
   * @param ofSeveralThreadCounts the benchmarks whose results belong together only if they ran with
   *     the same number of threads
   * @return the benchmarks by their identity
   */
  public static Map<BenchmarkId, Measured> of(
      List<JmhResult> results, Set<BenchmarkId> ofSeveralThreadCounts) {
    Map<BenchmarkId, Measured> all = new LinkedHashMap<>();
    for (JmhResult result : results) {
      BenchmarkId id =
          ofSeveralThreadCounts.contains(result.id())
              ? result.id().withThreads(result.environment().threads())
              : result.id();
      Measured measured = all.computeIfAbsent(id, Measured::new);
      measured.environments.add(result.environment());
      for (JmhMetric metric : result.metrics()) {
        measured.metrics.computeIfAbsent(metric.name(), name -> new ArrayList<>(1)).add(metric);
      }
    }
    return all;
  }

  /**
   * {@return the benchmarks that ran with different numbers of threads}
   *
   * @param results of one side
   */
  public static Set<BenchmarkId> ofSeveralThreadCounts(List<JmhResult> results) {
    Map<BenchmarkId, Integer> first = new HashMap<>();
    Set<BenchmarkId> several = new HashSet<>();
    for (JmhResult result : results) {
      int threads = result.environment().threads();
      Integer known = first.putIfAbsent(result.id(), threads);
      if (known != null && known != threads) {
        several.add(result.id());
      }
    }
    return several;
  }

  /** {@return what was measured} */
  public BenchmarkId id() {
    return id;
  }

  /** Returns where it ran; more than one environment if its results do not agree. */
  Set<Environment> environments() {
    return environments;
  }

  /** {@return whether two of its results have the same scores of the primary metric} */
  public boolean repeatsItself() {
    List<JmhMetric> own = primary();
    for (int i = 0; i < own.size(); i++) {
      if (own.subList(0, i).stream().anyMatch(own.get(i)::hasSameScores)) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return whether a result of each has the same scores of the primary metric}
   *
   * @param other the benchmark on another side
   */
  public boolean repeats(Measured other) {
    return primary().stream()
        .anyMatch(mine -> other.primary().stream().anyMatch(mine::hasSameScores));
  }

  /** {@return the names of the metrics in the order of the results} */
  public Set<String> metricNames() {
    return metrics.keySet();
  }

  /**
   * {@return the unit in which a metric first appears}
   *
   * @param metric one of {@link #metricNames}
   */
  public Unit unit(String metric) {
    return new Unit(all(metric).get(0).unit());
  }

  /**
   * {@return how many scores of a metric were left out because they were not finite}
   *
   * @param metric name of a metric
   */
  public int dropped(String metric) {
    return all(metric).stream().mapToInt(JmhMetric::dropped).sum();
  }

  /**
   * {@return the scores of a metric in a unit; nothing if one cannot be converted to it}. Without
   * raw data, the score stands for one fork with one iteration.
   *
   * @param metric name of a metric
   * @param unit a unit to convert to
   */
  public Optional<Forks> forks(String metric, Unit unit) {
    List<double[]> forks = new ArrayList<>();
    for (JmhMetric part : all(metric)) {
      Optional<Double> factor = new Unit(part.unit()).factorTo(unit);
      if (factor.isEmpty()) {
        return Optional.empty();
      }
      for (int fork = 0; fork < part.forks(); fork++) {
        forks.add(scaled(part.iterations(fork), factor.get()));
      }
      if (part.forks() == 0 && Double.isFinite(part.score())) {
        forks.add(new double[] {part.score() * factor.get()});
      }
    }
    return Optional.of(new Forks(forks));
  }

  private List<JmhMetric> primary() {
    return all(id.mode().metric());
  }

  private List<JmhMetric> all(String metric) {
    return metrics.getOrDefault(metric, List.of());
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

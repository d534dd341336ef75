package io.gb.compare;

import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.Environment;
import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.jmh.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes sides of a comparison without files. */
public final class Sides {

  private Sides() {}

  /** An environment that is the same for all. */
  public static final Environment ENVIRONMENT = environment("-Xmx1g");

  /** An environment with these JVM flags. */
  public static Environment environment(String... flags) {
    return environment(List.of(flags), "5 x 1 s, batch 1", "5 x 1 s, batch 1");
  }

  /** The usual environment with another plan. */
  static Environment planned(String warmup, String measurement) {
    return environment(ENVIRONMENT.jvmArgs(), warmup, measurement);
  }

  private static Environment environment(List<String> flags, String warmup, String measurement) {
    return new Environment(
        "1.37", "/jdk/bin/java", "25.0.1", "VM", "25.0.1+8", flags, 1, warmup, measurement);
  }

  /** A side of some results. */
  public static Side side(String name, JmhResult... results) {
    return new Side(name, List.of(results));
  }

  /** A result of average time, {@code org.sample.Codec.name}, with one iteration in each fork. */
  public static JmhResult time(String name, double... forks) {
    return result(name, Mode.AVERAGE_TIME, metric("time", "ns/op", forks));
  }

  /** A result of average time with one fork. */
  public static JmhResult oneFork(String name, double... iterations) {
    return result(name, Mode.AVERAGE_TIME, new JmhMetric("time", "ns/op", 1, List.of(iterations)));
  }

  /** A result with some metrics. */
  public static JmhResult result(String name, Mode mode, JmhMetric... metrics) {
    return result(name, Map.of(), mode, ENVIRONMENT, metrics);
  }

  /** A result with all there is to say. */
  public static JmhResult result(
      String name,
      Map<String, String> params,
      Mode mode,
      Environment environment,
      JmhMetric... metrics) {
    return new JmhResult(
        new BenchmarkId("org.sample.Codec." + name, params, mode), environment, List.of(metrics));
  }

  /** A metric with one iteration in each fork. */
  public static JmhMetric metric(String name, String unit, double... forks) {
    return new JmhMetric(
        name,
        unit,
        Arrays.stream(forks).average().orElse(Double.NaN),
        Arrays.stream(forks).mapToObj(score -> new double[] {score}).toList());
  }

  /** Compares two sides in the usual way. */
  public static Comparison compare(Side base, Side contender) {
    return Comparison.of(base, List.of(contender), Selection.everything(), Settings.defaults());
  }

  /** Scores from a number on, each larger by a share of it. */
  public static double[] spread(double from, double step, int n) {
    double[] scores = new double[n];
    Arrays.setAll(scores, i -> from * (1 + step * i));
    return scores;
  }
}

package io.gb.compare.jmh;

import java.util.ArrayList;
import java.util.List;

/**
 * A metric as in the file, before it gets its name.
 *
 * @param unit as in the file; empty if there is none
 * @param score JMH's own score; may be NaN
 * @param forks the scores of each fork's iterations; a fork may be empty; no forks without raw data
 * @param histograms the samples of each fork in sample mode; else empty
 */
record RawMetric(String unit, double score, List<double[]> forks, List<Histogram> histograms) {

  /**
   * Shares of samples, and JMH's names for them. JMH has more; but each is a row of its own, and
   * more rows lower the power of all.
   */
  private static final double[] SHARES = {0.5, 0.9, 0.99, 0.999};

  private static final List<String> SHARE_NAMES = List.of("p0.50", "p0.90", "p0.99", "p0.999");

  /** Whether the percentile with this name of JMH is compared. */
  static boolean isPercentile(String name) {
    return SHARE_NAMES.contains(name);
  }

  JmhMetric named(String name) {
    return new JmhMetric(name, unit, score, forks);
  }

  /** Returns the percentiles of the samples; none without samples. */
  List<JmhMetric> percentiles() {
    List<JmhMetric> percentiles = new ArrayList<>();
    for (int i = 0; i < SHARES.length && !histograms.isEmpty(); i++) {
      double share = SHARES[i];
      List<double[]> byFork =
          histograms.stream().map(h -> new double[] {h.percentile(share)}).toList();
      percentiles.add(new JmhMetric(SHARE_NAMES.get(i), unit, Double.NaN, byFork));
    }
    return percentiles;
  }
}

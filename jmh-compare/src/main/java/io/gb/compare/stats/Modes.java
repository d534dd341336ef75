package io.gb.compare.stats;

import java.util.Arrays;

/** Finds samples that fall into two groups, as forks do when the JIT compiler has two minds. */
public final class Modes {

  /** So many times as wide as the wider group the gap between the groups must be. */
  private static final double GAP = 3;

  /** So many values each group must have: fewer are often close together by chance. */
  private static final int FEWEST = 3;

  private Modes() {}

  /**
   * Returns whether a sample falls into two groups of at least three values each, with a gap
   * between them that is wider than three times each group and than a share of the median.
   *
   * @param sample at least one value
   * @param share such as 0.02: smaller gaps do not matter
   */
  public static boolean isBimodal(double[] sample, double share) {
    return isSplit(sample, FEWEST, sample.length - FEWEST, share);
  }

  /**
   * Returns whether one or two values lie as far as that from all others, at least three.
   *
   * @param sample at least one value
   * @param share such as 0.25: smaller gaps do not matter
   */
  public static boolean hasStragglers(double[] sample, double share) {
    int fewer = FEWEST - 1;
    return isSplit(sample, 1, Math.min(fewer, sample.length - FEWEST), share)
        || isSplit(sample, Math.max(FEWEST, sample.length - fewer), sample.length - 1, share);
  }

  /** Whether there is such a gap behind so many of the smallest values. */
  private static boolean isSplit(double[] sample, int fewest, int most, double share) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    for (int split = fewest; split <= most; split++) {
      double gap = sorted[split] - sorted[split - 1];
      double width = Math.max(sorted[split - 1] - sorted[0], sorted[n - 1] - sorted[split]);
      if (gap > GAP * width && gap > share * Math.abs(Estimate.median(sorted))) {
        return true;
      }
    }
    return false;
  }
}

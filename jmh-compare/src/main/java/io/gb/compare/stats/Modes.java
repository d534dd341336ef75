package io.gb.compare.stats;

/**
 * Finds samples with two clusters, as forks have when the JIT compiler makes different decisions
 * from run to run.
 */
public final class Modes {

  /** How many times as wide as a cluster the gap beside it must be. */
  private static final double GAP = 3;

  /** How many values a cluster has at least: fewer are often close together by chance. */
  private static final int FEWEST = 3;

  private Modes() {}

  /**
   * {@return whether a sample has two clusters of at least three values each, with a gap between
   * them that is wider than three times each cluster and than a share of the median}
   *
   * @param sample at least one value
   * @param share of the median, such as 0.02
   */
  public static boolean isBimodal(double[] sample, double share) {
    double[] sorted = Estimate.sorted(sample);
    int last = sorted.length - 1;
    for (int high = FEWEST; high <= sorted.length - FEWEST; high++) {
      double width = Math.max(sorted[high - 1] - sorted[0], sorted[last] - sorted[high]);
      if (isGap(sorted[high] - sorted[high - 1], width, sorted, share)) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return whether one or two values lie far from all others, of which there are at least three:
   * further than three times the others' width and than a share of the median}
   *
   * @param sample at least one value
   * @param share of the median, such as 0.25
   */
  public static boolean hasStragglers(double[] sample, double share) {
    double[] sorted = Estimate.sorted(sample);
    for (int stragglers = 1; stragglers <= Math.min(2, sorted.length - FEWEST); stragglers++) {
      for (int low = 0; low <= stragglers; low++) {
        int high = sorted.length - (stragglers - low);
        double width = sorted[high - 1] - sorted[low];
        double below = low == 0 ? Double.POSITIVE_INFINITY : sorted[low] - sorted[low - 1];
        double above =
            high == sorted.length ? Double.POSITIVE_INFINITY : sorted[high] - sorted[high - 1];
        if (isGap(Math.min(below, above), width, sorted, share)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isGap(double gap, double width, double[] sorted, double share) {
    return gap > GAP * width && gap > share * Math.abs(Estimate.median(sorted));
  }
}

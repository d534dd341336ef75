package io.gb.compare.stats;

import java.util.Arrays;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The two-sided Mann-Whitney U test: could two samples come from one distribution? It looks at
 * ranks only, so neither outliers nor the shape of the distribution matter.
 */
public final class MannWhitney {

  /** Up to this size of a sample, p is exact, ties included. */
  public static final int LARGEST_EXACT = 25;

  private static final MannWhitneyUTest NORMAL =
      MannWhitneyUTest.withDefaults()
          .with(PValueMethod.ASYMPTOTIC)
          .with(ContinuityCorrection.ENABLED)
          .with(AlternativeHypothesis.TWO_SIDED);

  private MannWhitney() {}

  /**
   * Returns p: the probability of samples at least as different as these, if both come from the
   * same distribution. It is twice the smaller tail, exact up to {@link #LARGEST_EXACT} values on
   * each side, and from there on the normal approximation with corrections for ties and continuity.
   *
   * @param first at least one value
   * @param second at least one value
   */
  public static double pValue(double[] first, double[] second) {
    if (Math.max(first.length, second.length) <= LARGEST_EXACT) {
      return exact(first, second);
    }
    double[] all = joined(first, second);
    if (Arrays.stream(all).allMatch(value -> value == all[0])) {
      return 1;
    }
    return NORMAL.test(first, second).getPValue();
  }

  /** Returns the smallest p that samples of these sizes can have. */
  public static double smallestPValue(int m, int n) {
    double choices = 1;
    for (int i = 1; i <= Math.min(m, n); i++) {
      choices = choices * (m + n - Math.min(m, n) + i) / i;
    }
    return Math.min(1, 2 / choices);
  }

  private static double exact(double[] first, double[] second) {
    double[] all = joined(first, second);
    Arrays.sort(all);
    int[] doubled = doubledRanks(all);
    int sum = 0;
    for (double value : first) {
      sum += doubled[Arrays.binarySearch(all, value)];
    }
    RankSums sums =
        isTied(all)
            ? RankSums.of(first.length, doubled)
            : RankSums.untied(first.length, second.length);
    return Math.min(1, 2 * Math.min(sums.atMost(sum), sums.atLeast(sum)));
  }

  private static int[] doubledRanks(double[] sorted) {
    int[] doubled = new int[sorted.length];
    int from = 0;
    while (from < sorted.length) {
      int to = from + 1;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      // Ranks from + 1 to to; twice their mean.
      Arrays.fill(doubled, from, to, from + 1 + to);
      from = to;
    }
    return doubled;
  }

  private static boolean isTied(double[] sorted) {
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        return true;
      }
    }
    return false;
  }

  private static double[] joined(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}

package io.gb.compare.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The two-sided Mann-Whitney U test of whether two samples come from one distribution. It uses
 * ranks only, so neither outliers nor the shape of the distribution matter.
 */
public final class MannWhitney {

  /** Up to this size of the smaller sample, p can be exact, ties included. */
  static final int LARGEST_EXACT = 25;

  /** Above this size of both together, it is exact only where the approximation would be poor. */
  static final int LARGEST_EXACT_TOTAL = 400;

  /** With fewer values on a side, the normal approximation is poor for small p. */
  private static final int FEWEST_FOR_NORMAL = 10;

  private static final MannWhitneyUTest NORMAL =
      MannWhitneyUTest.withDefaults()
          .with(PValueMethod.ASYMPTOTIC)
          .with(ContinuityCorrection.ENABLED)
          .with(AlternativeHypothesis.TWO_SIDED);

  /** Thousands of rows have samples of the same sizes. */
  private static final Map<Long, Double> SMALLEST = new ConcurrentHashMap<>();

  private MannWhitney() {}

  /**
   * Tests two samples. p is twice the smaller tail. It is exact up to 25 values in the smaller
   * sample and 400 in both together; above, it is the normal approximation with corrections for
   * ties and continuity. With fewer than ten values on a side it is always exact; with more than
   * 10,000 on the other, that takes seconds.
   *
   * @param first at least one value
   * @param second at least one value
   * @return the result of the test
   */
  public static TestResult test(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    Arrays.sort(all);
    if (all[0] == all[all.length - 1]) {
      return new TestResult(0, 1, 1);
    }
    boolean isFirst = first.length <= second.length;
    double[] smaller = isFirst ? first : second;
    int[] doubled = doubledRanks(all);
    long sum = 0;
    for (double value : smaller) {
      sum += doubled[Arrays.binarySearch(all, value)];
    }
    double shift = shift(sum, smaller.length, all.length) * (isFirst ? -1 : 1);
    if (!isExact(first.length, second.length)) {
      return new TestResult(
          shift,
          NORMAL.test(first, second).getPValue(),
          smallestPValue(first.length, second.length));
    }
    RankSums sums =
        isTied(all)
            ? RankSums.of(smaller.length, doubled)
            : RankSums.untied(smaller.length, all.length - smaller.length);
    return new TestResult(shift, sums.twoSided((int) sum), sums.smallestTwoSided());
  }

  /**
   * {@return the test of any ratio of two samples}
   *
   * @param base at least one value
   * @param contender at least one value
   */
  public static TestOfRatio ofRatio(double[] base, double[] contender) {
    return ratio -> test(base, Arrays.stream(contender).map(value -> value / ratio).toArray());
  }

  /** The shift towards a sample of m values, all of them n, from the sum of its doubled ranks. */
  private static double shift(long doubledRankSum, int m, int n) {
    double doubledWins = doubledRankSum - (double) m * (m + 1);
    return doubledWins / ((double) m * (n - m)) - 1;
  }

  /**
   * Returns the smallest p that samples of these sizes can have, if no values are tied.
   *
   * @param m size of one sample, at least 1
   * @param n size of the other, at least 1
   */
  static double smallestPValue(int m, int n) {
    return SMALLEST.computeIfAbsent(((long) m << 32) | n, sizes -> apart(m, n));
  }

  /** Whether p is exact for samples of these sizes. */
  static boolean isExact(int m, int n) {
    int smaller = Math.min(m, n);
    return smaller < FEWEST_FOR_NORMAL
        || (smaller <= LARGEST_EXACT && m + n <= LARGEST_EXACT_TOTAL);
  }

  /** Returns p of two samples without ties that do not overlap. */
  private static double apart(int m, int n) {
    if (isExact(m, n)) {
      return RankSums.untied(Math.min(m, n), Math.max(m, n)).smallestTwoSided();
    }
    double[] first = new double[m];
    double[] second = new double[n];
    Arrays.setAll(first, i -> i);
    Arrays.setAll(second, i -> m + i);
    return NORMAL.test(first, second).getPValue();
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
}

package io.gb.compare.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The iterations of one fork, one after the other: neighbours resemble each other, and the first
 * ones may be slower while the JIT compiler still works.
 */
public final class Iterations {

  /** The median of normal values varies by this much more than their mean. */
  private static final double MEDIAN = Math.PI / 2;

  /** The correction of the autocorrelation needs more iterations than this. */
  private static final int FEW = 4;

  /** More iterations are put together to this many. */
  private static final int MOST = 100;

  /** Thousands of forks have the same number of iterations. */
  private static final Map<Integer, double[]> ORDERS = new ConcurrentHashMap<>();

  private Iterations() {}

  /**
   * Estimates how many independent iterations would vary as little in their mean as these do, with
   * the correlation of neighbours (a first-order process, corrected for its bias after Marriott and
   * Pope, 1954).
   *
   * @param scores at least one, in their order
   * @return 1 to the number of scores; 1 for less than five
   */
  public static double effective(double... scores) {
    int n = scores.length;
    double[] mean = Variance.meanAndSquares(scores);
    if (n <= FEW || mean[1] == 0) {
      return 1;
    }
    double products = 0;
    for (int i = 1; i < n; i++) {
      products += (scores[i] - mean[0]) * (scores[i - 1] - mean[0]);
    }
    double correlation = Math.max(0, (n * products / mean[1] + 1) / (n - FEW));
    return Math.max(1, n * (1 - correlation) / (1 + correlation));
  }

  /**
   * {@return the variance of the median of a fork's iterations as far as these show it; 0 for a
   * single one, which shows nothing}
   *
   * @param scores at least one, in their order
   */
  public static Variance ofMedian(double... scores) {
    int n = scores.length;
    double effective = effective(scores);
    double variance = n == 1 ? 0 : Variance.meanAndSquares(scores)[1] / (n - 1);
    return new Variance(MEDIAN * variance / effective, Math.max(1, effective - 1));
  }

  /**
   * Tests whether scores rise or fall in their order, after Mann and Kendall. p is exact if no two
   * are equal; more than 100 scores are first put together by their means.
   *
   * @param scores at least one
   * @return p, two-sided
   */
  public static double trend(double... scores) {
    double[] x = scores.length > MOST ? blocks(scores) : scores;
    int n = x.length;
    int pairs = n * (n - 1) / 2;
    int sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        sum += Double.compare(x[i], x[j]);
      }
    }
    double[] shares = ORDERS.computeIfAbsent(n, Iterations::orders);
    double p = 0;
    for (int wrong = 0; wrong <= (pairs - Math.abs(sum)) / 2; wrong++) {
      p += shares[wrong];
    }
    return Math.min(1, 2 * p);
  }

  /** Returns the shares of the orders of n scores, by the number of pairs in the wrong order. */
  private static double[] orders(int n) {
    double[] shares = {1};
    for (int size = 2; size <= n; size++) {
      double[] next = new double[shares.length + size - 1];
      for (int wrong = 0; wrong < shares.length; wrong++) {
        for (int last = 0; last < size; last++) {
          next[wrong + last] += shares[wrong] / size;
        }
      }
      shares = next;
    }
    return shares;
  }

  private static double[] blocks(double... scores) {
    double[] means = new double[MOST];
    for (int block = 0; block < MOST; block++) {
      int from = (int) ((long) block * scores.length / MOST);
      int to = (int) ((block + 1L) * scores.length / MOST);
      for (int i = from; i < to; i++) {
        means[block] += scores[i] / (to - from);
      }
    }
    return means;
  }
}

package io.gb.compare.stats;

import java.util.Arrays;

/** The ratios of all pairs of a value of one sample and a value of another, in ascending order. */
final class PairRatios {

  /** Up to this number, the ratios are listed and sorted; more are found by counting. */
  private static final int LISTED = 4096;

  private final double[] x;
  private final double[] y;
  private final double[] sorted;

  /** Takes the ratios of contender to base. */
  PairRatios(double[] base, double[] contender) {
    x = Estimate.sorted(base);
    y = Estimate.sorted(contender);
    sorted = exist() && count() <= LISTED ? list() : new double[0];
  }

  /**
   * Whether all values are above 0, as ratios require, and no ratio is too small or too large for a
   * double.
   */
  boolean exist() {
    return x[0] > 0 && y[0] / x[x.length - 1] > 0 && Double.isFinite(y[y.length - 1] / x[0]);
  }

  long count() {
    return (long) x.length * y.length;
  }

  /** Returns the k-th smallest ratio, from 1 on. */
  double smallest(long k) {
    return sorted.length > 0 ? sorted[(int) k - 1] : found(k);
  }

  private double[] list() {
    double[] all = new double[x.length * y.length];
    int next = 0;
    for (double contender : y) {
      for (double base : x) {
        all[next++] = contender / base;
      }
    }
    Arrays.sort(all);
    return all;
  }

  /**
   * Finds the k-th smallest ratio by bisection over all doubles. Positive doubles have the same
   * order as their bits.
   */
  private double found(long k) {
    long low = Double.doubleToRawLongBits(y[0] / x[x.length - 1]);
    long high = Double.doubleToRawLongBits(y[y.length - 1] / x[0]);
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (countUpTo(Double.longBitsToDouble(middle)) >= k) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Double.longBitsToDouble(low);
  }

  /** Counts the ratios up to a value; both arrays are sorted, so one pass over each is enough. */
  private long countUpTo(double ratio) {
    long count = 0;
    int from = 0;
    for (double value : y) {
      while (from < x.length && value / x[from] > ratio) {
        from++;
      }
      count += x.length - from;
    }
    return count;
  }
}

package io.gb.compare.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The median of a sample with its confidence interval. Immutable.
 *
 * @param median the middle value, or the mean of the two in the middle; for counts the largest
 *     value
 * @param lower lower end of the interval; negative infinity if the sample is too small for one
 * @param upper upper end of the interval; positive infinity if the sample is too small for one
 * @param n number of independent values, at least 1
 */
public record Estimate(double median, double lower, double upper, int n) {

  /** Thousands of rows have samples of one size, and the distribution is slow to compute. */
  private static final Map<SizeAndTail, Integer> RANKS = new ConcurrentHashMap<>();

  /**
   * Estimates the median of the distribution a sample comes from. The ends of the interval are two
   * of the sample's own values, as far from the extremes as the binomial distribution allows, so
   * that it holds for every shape of the distribution (David and Nagaraja, Order Statistics, 7.1).
   *
   * @param sample at least one value
   * @param confidence above 0 and below 1; the interval's true confidence is at least that
   * @return the estimate
   */
  public static Estimate ofMedian(double[] sample, double confidence) {
    double[] sorted = sorted(sample);
    int n = sorted.length;
    int rank = rank(n, tail(confidence));
    return new Estimate(
        median(sorted),
        rank == 0 ? Double.NEGATIVE_INFINITY : sorted[rank - 1],
        rank == 0 ? Double.POSITIVE_INFINITY : sorted[n - rank],
        n);
  }

  /**
   * Summarizes values without noise: the median, and the range of all values instead of an
   * interval.
   *
   * @param sample at least one value
   * @param n number of forks the values come from
   * @return the estimate
   */
  public static Estimate ofExact(double[] sample, int n) {
    double[] sorted = sorted(sample);
    return new Estimate(median(sorted), sorted[0], sorted[sorted.length - 1], n);
  }

  /**
   * Summarizes counts of what should not be there: the largest value, since even one is too many,
   * and the range of all.
   *
   * @param sample at least one value
   * @param n number of forks the values come from
   * @return the estimate
   */
  public static Estimate ofCounts(double[] sample, int n) {
    Estimate range = ofExact(sample, n);
    return new Estimate(range.upper(), range.lower(), range.upper(), n);
  }

  /**
   * {@return the median of at least one value; values may be infinite}
   *
   * @param sample at least one value; may be infinite
   */
  public static double median(double... sample) {
    double[] sorted = sorted(sample);
    double high = sorted[sorted.length / 2];
    double low = sorted[(sorted.length - 1) / 2];
    // The difference of two infinite values is not a number.
    return low == high ? low : low + (high - low) / 2;
  }

  /**
   * {@return the fewest values that have an interval at a confidence above 0 and below 1}
   *
   * @param confidence above 0 and below 1
   */
  public static int fewest(double confidence) {
    int n = 1;
    while (rank(n, tail(confidence)) == 0) {
      n++;
    }
    return n;
  }

  static double[] sorted(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** {@return whether the sample was large enough for an interval} */
  public boolean isBounded() {
    return Double.isFinite(lower) && Double.isFinite(upper);
  }

  /**
   * {@return the larger distance of an end of the interval from the median, divided by the median}
   */
  public double relativeError() {
    double distance = Math.max(upper - median, median - lower);
    return distance == 0 ? 0 : distance / Math.abs(median);
  }

  /**
   * {@return whether the interval reaches further from the median than a share of it}
   *
   * @param share of the median
   */
  public boolean isWiderThan(double share) {
    return isBounded() && relativeError() > share;
  }

  /**
   * Returns the probability on each side of an interval. Rounding must not make it smaller than a
   * probability that a sample has exactly, such as 1/20 at a confidence of 90 %.
   */
  static double tail(double confidence) {
    return (1 - confidence) / 2 * (1 + 1e-12);
  }

  /**
   * Returns the largest rank whose value lies beyond the median in at most this share of samples;
   * or 0.
   */
  private static int rank(int n, double tail) {
    return RANKS.computeIfAbsent(new SizeAndTail(n, tail), Estimate::rank);
  }

  private static int rank(SizeAndTail asked) {
    BinomialDistribution below = BinomialDistribution.of(asked.n(), 0.5);
    int rank = below.inverseCumulativeProbability(asked.tail());
    return below.cumulativeProbability(rank) <= asked.tail() ? rank + 1 : rank;
  }

  private record SizeAndTail(int n, double tail) {}
}

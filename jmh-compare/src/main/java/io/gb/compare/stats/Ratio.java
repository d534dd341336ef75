package io.gb.compare.stats;

import static java.util.Arrays.stream;

import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The ratio of the values of one sample to those of another, with its confidence interval.
 * Immutable.
 *
 * @param value the ratio, above 0
 * @param lower lower end of the interval; 0 if the samples are too small for one
 * @param upper upper end of the interval; positive infinity if the samples are too small for one
 */
public record Ratio(double value, double lower, double upper) {

  private static final Ratio ONE = new Ratio(1, 1, 1);

  /**
   * Estimates the ratio after Hodges and Lehmann: the median of the ratios of all pairs of one
   * value of each sample; of two in the middle, the geometric mean, so that swapped samples give
   * the inverse. The interval, after Moses, leaves out as many pairs at each end as the U
   * distribution allows; it excludes 1 exactly if an exact test without ties shows a difference. If
   * all values are 0, the ratio is 1.
   *
   * @param base at least one value
   * @param contender at least one value
   * @param confidence above 0 and below 1; the interval's true confidence is at least that if the
   *     test of samples of these sizes is exact, and about that if not
   * @return contender divided by base; nothing if a value is not above 0, unless all are 0, or if a
   *     ratio is too small or too large for a double
   */
  public static Optional<Ratio> hodgesLehmann(
      double[] base, double[] contender, double confidence) {
    PairRatios ratios = new PairRatios(base, contender);
    long rank = rank(base.length, contender.length, Estimate.tail(confidence));
    if (!ratios.exist()) {
      boolean isZero =
          rank > 0 && DoubleStream.concat(stream(base), stream(contender)).allMatch(v -> v == 0);
      return isZero ? Optional.of(ONE) : Optional.empty();
    }
    long pairs = ratios.count();
    double low = ratios.smallest((pairs + 1) / 2);
    double high = ratios.smallest(pairs / 2 + 1);
    // The roots of two equal values would only add a rounding error.
    double value = low == high ? low : Math.sqrt(low) * Math.sqrt(high);
    return Optional.of(
        new Ratio(
            value,
            rank == 0 ? 0 : ratios.smallest(rank),
            rank == 0 ? Double.POSITIVE_INFINITY : ratios.smallest(pairs + 1 - rank)));
  }

  /**
   * {@return the ratio of two numbers without noise; nothing unless both are above 0 or equal, or
   * if it is too small or too large for a double}
   *
   * @param base any number
   * @param contender any number
   */
  public static Optional<Ratio> exact(double base, double contender) {
    if (base == contender) {
      return Optional.of(ONE);
    }
    double value = contender / base;
    return base > 0 && value > 0 && Double.isFinite(value)
        ? Optional.of(new Ratio(value, value, value))
        : Optional.empty();
  }

  /** {@return whether the samples were large enough for an interval} */
  public boolean isBounded() {
    return lower > 0 && upper < Double.POSITIVE_INFINITY;
  }

  /**
   * {@return whether the whole interval lies between 1 / (1 + share) and 1 + share}
   *
   * @param share 0 or more
   */
  public boolean isWithin(double share) {
    return lower >= 1 / (1 + share) && upper <= 1 + share;
  }

  /**
   * Returns one more than the number of pairs to leave out at each end; 0 if there is no interval.
   */
  private static long rank(int m, int n, double tail) {
    if (!MannWhitney.isExact(m, n)) {
      double mean = m * (double) n / 2;
      double deviation = Math.sqrt(m * (double) n * (m + n + 1) / 12);
      double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
      return Math.max(0, (long) Math.floor(mean - 0.5 - z * deviation) + 1);
    }
    int smaller = Math.min(m, n);
    RankSums sums = RankSums.untied(smaller, Math.max(m, n));
    int least = smaller * (smaller + 1);
    int rank = 0;
    while (sums.atMost(least + 2 * rank) <= tail) {
      rank++;
    }
    return rank;
  }
}

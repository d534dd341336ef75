package io.gb.harness.stats;

import io.gb.harness.job.Checks;
import java.util.Locale;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * The distribution of one kind of time over a run, in nanoseconds, from an HdrHistogram: every
 * value is exact to three significant digits or half a microsecond, whichever is coarser. Immutable
 * and thread-safe. Without any value, every figure is 0.
 */
public final class Latencies {

  private final Histogram histogram;

  Latencies(AbstractHistogram source) {
    histogram = new Histogram(source);
    histogram.add(source);
  }

  /** {@return how many values were recorded} */
  public long count() {
    return histogram.getTotalCount();
  }

  /** {@return the smallest value} */
  public long minNanos() {
    return count() == 0 ? 0 : histogram.getMinValue();
  }

  /** {@return the arithmetic mean} */
  public double meanNanos() {
    return count() == 0 ? 0 : histogram.getMean();
  }

  /** {@return the sample standard deviation, with n − 1 in the denominator; 0 for one value} */
  public double standardDeviationNanos() {
    long n = count();
    return n < 2 ? 0 : histogram.getStdDeviation() * Math.sqrt((double) n / (n - 1));
  }

  /** {@return the largest value} */
  public long maxNanos() {
    return count() == 0 ? 0 : histogram.getMaxValue();
  }

  /**
   * {@return the value that the given share of all values does not exceed}
   *
   * @param percentile the share in percent, 0 to 100; 100 gives the largest value
   * @throws IllegalArgumentException if the percentile is out of range
   */
  public long percentileNanos(double percentile) {
    Checks.require(
        percentile >= 0 && percentile <= 100, "percentile must be between 0 and 100", percentile);
    return count() == 0
        ? 0
        : Math.min(histogram.getValueAtPercentile(percentile), histogram.getMaxValue());
  }

  /** {@return for example {@code 200 values, p50 1.878 ms, p99 10.953 ms, max 88.474 ms}} */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d values, p50 %.3f ms, p99 %.3f ms, max %.3f ms",
        count(),
        percentileNanos(50) / 1e6,
        percentileNanos(99) / 1e6,
        maxNanos() / 1e6);
  }
}

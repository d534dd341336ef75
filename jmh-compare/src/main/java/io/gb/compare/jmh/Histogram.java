package io.gb.compare.jmh;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The samples of one fork in sample mode: values with their counts. Not thread-safe. */
final class Histogram {

  private record Bucket(double value, long count) {}

  private final List<Bucket> buckets = new ArrayList<>();
  private final DoubleList means = new DoubleList();
  private double iterationSum;
  private long iterationCount;
  private long total;
  private boolean sorted;

  /** Adds a value to the current iteration. */
  void add(double value, long count) {
    buckets.add(new Bucket(value, count));
    iterationSum += value * count;
    iterationCount += count;
    total += count;
  }

  /** Ends the current iteration; the mean of one without samples is NaN. */
  void endIteration() {
    means.add(iterationSum / iterationCount);
    iterationSum = 0;
    iterationCount = 0;
  }

  /** Returns the mean of each iteration, which is the score that JMH gives it. */
  double[] means() {
    return means.toArray();
  }

  /**
   * Returns the smallest value that a share of all samples does not exceed; NaN without samples.
   *
   * @param share 0 to 1
   */
  double percentile(double share) {
    if (!sorted) {
      buckets.sort(Comparator.comparingDouble(Bucket::value));
      sorted = true;
    }
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (Bucket bucket : buckets) {
      seen += bucket.count();
      if (seen >= rank) {
        return bucket.value();
      }
    }
    return Double.NaN;
  }
}

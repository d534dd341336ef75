package io.gb.compare.measured;

import io.gb.compare.stats.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The scores of one metric of one benchmark, all in one unit. The arrays are not copied; nobody
 * changes them.
 *
 * @param scores the scores of each fork's iterations, at least one per fork
 */
public record Forks(List<double[]> scores) {

  /** {@return how many forks there are; 0 if nothing was measured} */
  public int count() {
    return scores.size();
  }

  /** {@return the median of each fork} */
  public double[] medians() {
    double[] medians = new double[scores.size()];
    Arrays.setAll(medians, fork -> Estimate.median(scores.get(fork)));
    return medians;
  }

  /** {@return the scores of the iterations of all forks together} */
  public double[] iterations() {
    return scores.size() == 1
        ? scores.get(0)
        : scores.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** {@return whether no fork has more than one iteration} */
  public boolean areSingleIterations() {
    return scores.stream().allMatch(fork -> fork.length == 1);
  }

  /**
   * {@return the same with each score converted}
   *
   * @param conversion applies to each score
   */
  public Forks map(DoubleUnaryOperator conversion) {
    return new Forks(
        scores.stream().map(fork -> Arrays.stream(fork).map(conversion).toArray()).toList());
  }
}

package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.MannWhitney;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one side that a test compares: independent of each other, as far as they can be.
 */
final class Sample {

  private Sample() {}

  /**
   * Whether the forks of two sides are enough for a test, or else their iterations have to stand in
   * for them: not even forks that are all apart would show anything then.
   */
  static Method method(List<double[]> base, List<double[]> contender, double level) {
    boolean areEnough = MannWhitney.smallestPValue(base.size(), contender.size()) <= level;
    return areEnough || (areAlone(base) && areAlone(contender)) ? Method.FORKS : Method.ITERATIONS;
  }

  /** Whether there is one value in each fork, so that iterations would add nothing. */
  private static boolean areAlone(List<double[]> forks) {
    return forks.stream().allMatch(fork -> fork.length == 1);
  }

  /** How many forks on each side are enough, at least. */
  static int fewestForks(double level) {
    int n = 1;
    while (MannWhitney.smallestPValue(n, n) > level) {
      n++;
    }
    return n;
  }

  /** The values that a test takes. */
  static double[] of(Method method, List<double[]> forks) {
    if (method == Method.ITERATIONS) {
      return ofIterations(forks);
    }
    double[] medians = new double[forks.size()];
    Arrays.setAll(medians, fork -> Estimate.median(forks.get(fork)));
    return medians;
  }

  /** All values there are. */
  static double[] ofIterations(List<double[]> forks) {
    return forks.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}

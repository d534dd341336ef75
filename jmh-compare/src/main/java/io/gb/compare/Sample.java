package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.stats.Estimate;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one side that a test compares: independent of each other, as far as they can be.
 */
final class Sample {

  /** With fewer forks on a side, no test at the usual level can show anything. */
  static final int FEWEST_FORKS = 4;

  private Sample() {}

  /** Which values to take, given the scores of two sides by fork and iteration. */
  static Method method(Unit unit, List<double[]> base, List<double[]> contender) {
    if (unit.isExact()) {
      return Method.EXACT;
    }
    int forks = Math.min(base.size(), contender.size());
    return forks >= FEWEST_FORKS ? Method.FORKS : Method.ITERATIONS;
  }

  /** Takes the values of one side; an exact comparison of a single fork looks at its iterations. */
  static double[] of(Method method, List<double[]> forks) {
    if (method == Method.ITERATIONS || (method == Method.EXACT && forks.size() == 1)) {
      return forks.stream().flatMapToDouble(Arrays::stream).toArray();
    }
    double[] medians = new double[forks.size()];
    Arrays.setAll(medians, fork -> Estimate.median(forks.get(fork)));
    return medians;
  }
}

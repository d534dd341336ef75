package io.gb.compare.stats;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Holm's step-down correction for several tests. It keeps the probability of even one false alarm
 * among all tests at the level, whether or not the tests depend on each other (Holm, 1979).
 */
final class Holm {

  private Holm() {}

  /**
   * Adjusts p values that are judged together.
   *
   * @param pValues each 0 to 1
   * @return the adjusted p values in the same order: a test shows a difference if its adjusted p is
   *     at most the level
   */
  static double[] adjust(double... pValues) {
    int count = pValues.length;
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
    double[] adjusted = new double[count];
    double largest = 0;
    for (int step = 0; step < count; step++) {
      largest = Math.max(largest, (count - step) * pValues[order[step]]);
      adjusted[order[step]] = Math.min(1, largest);
    }
    return adjusted;
  }
}

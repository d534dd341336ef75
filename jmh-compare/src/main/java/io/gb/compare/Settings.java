package io.gb.compare;

import java.util.OptionalDouble;

/**
 * How to judge changes. Immutable.
 *
 * @param level the largest probability of a false alarm in all rows of the primary metrics
 *     together, and likewise in all others; above 0 and below 1
 * @param confidence of the intervals, above 0 and below 1
 * @param sameWithin the largest share by which a value may change and count as the same, 0 or more
 * @param floorBytes the largest change in bytes per operation that does not count, 0 or more
 * @param forkSpread how much forks of one code differ, as a standard deviation, above 0; used where
 *     neither forks nor earlier results show it; nothing to assume 0.05 and to judge no gate by it
 */
public record Settings(
    double level,
    double confidence,
    double sameWithin,
    double floorBytes,
    OptionalDouble forkSpread) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Settings {
    checkShare("level", level);
    checkShare("confidence", confidence);
    if (!(sameWithin >= 0)) {
      throw new IllegalArgumentException("sameWithin must not be negative: " + sameWithin);
    }
    if (!(floorBytes >= 0)) {
      throw new IllegalArgumentException("floorBytes must not be negative: " + floorBytes);
    }
    if (!(forkSpread.orElse(1) > 0)) {
      throw new IllegalArgumentException("forkSpread must be above 0: " + forkSpread.getAsDouble());
    }
  }

  /**
   * Creates settings that state no spread of forks.
   *
   * @param level as above
   * @param confidence as above
   * @param sameWithin as above
   * @param floorBytes as above
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Settings(double level, double confidence, double sameWithin, double floorBytes) {
    this(level, confidence, sameWithin, floorBytes, OptionalDouble.empty());
  }

  /** {@return level 0.05, confidence 0.95, the same within 0.01 and a floor of 4 bytes} */
  public static Settings defaults() {
    return new Settings(0.05, 0.95, 0.01, 4);
  }

  private static void checkShare(String name, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(name + " must lie between 0 and 1: " + share);
    }
  }
}

package io.gb.compare;

/**
 * How to judge. Immutable.
 *
 * @param level how often at most there may be a false alarm in all rows together, above 0 and below
 *     1; 0.05
 * @param confidence of the intervals, above 0 and below 1; 0.95
 * @param sameWithin changes up to this share count as none; 0.01
 * @param floorBytes so many bytes more or less an operation count as none; 4
 */
public record Settings(double level, double confidence, double sameWithin, double floorBytes) {

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
  }

  /** Returns the usual ones. */
  public static Settings defaults() {
    return new Settings(0.05, 0.95, 0.01, 4);
  }

  private static void checkShare(String name, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(name + " must lie between 0 and 1: " + share);
    }
  }
}

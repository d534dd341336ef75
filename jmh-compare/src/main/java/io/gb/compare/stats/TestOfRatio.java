package io.gb.compare.stats;

/** Tests whether the ratio of two samples is a given one. Thread-safe. */
@FunctionalInterface
public interface TestOfRatio {

  /**
   * Tests a ratio.
   *
   * @param ratio second sample divided by the first, above 0
   * @return the result; its shift is positive if the ratio seems to be larger than this one
   */
  TestResult at(double ratio);
}

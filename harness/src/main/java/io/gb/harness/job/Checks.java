package io.gb.harness.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks values of a configuration; a message names the rule and the value that breaks it. */
public final class Checks {

  /** Times are counted in a {@code long} of nanoseconds, which holds 292 years. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private Checks() {}

  /**
   * Requires a condition.
   *
   * @param holds whether the value keeps the rule
   * @param rule the rule in words
   * @param value the value
   * @throws IllegalArgumentException if the rule is broken
   */
  public static void require(boolean holds, String rule, @Nullable Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": " + value);
    }
  }

  /**
   * Requires a time span to be positive and at most a year.
   *
   * @param time the time span
   * @param name what the message calls it
   * @throws IllegalArgumentException if it is out of range
   */
  public static void requireTime(Duration time, String name) {
    require(time.isPositive(), name + " must be positive", time);
    require(time.compareTo(LONGEST) <= 0, name + " must be at most " + LONGEST, time);
  }
}

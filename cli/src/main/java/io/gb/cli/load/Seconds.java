package io.gb.cli.load;

import java.math.BigDecimal;
import java.time.Duration;

/** Reads a positive number of seconds, whole or decimal, up to a year. */
final class Seconds {

  private static final BigDecimal SHORTEST = BigDecimal.ONE.movePointLeft(9);
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Duration.ofDays(365).toSeconds());

  private Seconds() {}

  /** Reads a number of seconds; throws an IllegalArgumentException that says what is wrong. */
  static Duration parse(String text) {
    BigDecimal seconds = decimal(text);
    if (seconds.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("more than a year, " + LONGEST + " seconds");
    }
    if (seconds.compareTo(SHORTEST) < 0) {
      throw notPositive();
    }
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  private static BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw notPositive();
    }
  }

  private static IllegalArgumentException notPositive() {
    return new IllegalArgumentException("not a positive number of seconds");
  }
}

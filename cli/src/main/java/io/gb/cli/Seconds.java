package io.gb.cli;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a positive number of seconds, whole or decimal, up to a year. */
final class Seconds implements ITypeConverter<Duration> {

  private static final BigDecimal SHORTEST = BigDecimal.ONE.movePointLeft(9);
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Duration.ofDays(365).toSeconds());

  @Override
  public Duration convert(String text) {
    BigDecimal seconds = parse(text);
    if (seconds.compareTo(LONGEST) > 0) {
      throw new TypeConversionException("more than a year, " + LONGEST + " seconds");
    }
    if (seconds.compareTo(SHORTEST) < 0) {
      throw notPositive();
    }
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  private static BigDecimal parse(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw notPositive();
    }
  }

  private static TypeConversionException notPositive() {
    return new TypeConversionException("not a positive number of seconds");
  }
}

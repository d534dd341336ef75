package io.gb.cli;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a positive number of seconds, whole or decimal. */
final class Seconds implements ITypeConverter<Duration> {

  private static final BigDecimal LONGEST = BigDecimal.valueOf(Integer.MAX_VALUE);

  @Override
  public Duration convert(String text) {
    try {
      BigDecimal seconds = new BigDecimal(text);
      Duration duration =
          seconds.compareTo(LONGEST) > 0
              ? Duration.ZERO
              : Duration.ofNanos(seconds.movePointRight(9).longValue());
      if (duration.isPositive()) {
        return duration;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new TypeConversionException("not a positive number of seconds");
  }
}

package io.gb.cli.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a positive time, up to a year: a number of seconds, or one with a unit behind it. */
final class Seconds {

  private static final Pattern FORM = Pattern.compile("(?i)(.*?)(ms|s|m|h)?");

  private static final BigDecimal SHORTEST = BigDecimal.ONE.movePointLeft(9);
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Duration.ofDays(365).toSeconds());

  private Seconds() {}

  /**
   * Reads {@code 30}, {@code 0.5}, {@code 500ms}, {@code 30s}, {@code 2m} or {@code 1h}.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw notPositive();
    }
    BigDecimal unit =
        switch (Objects.requireNonNullElse(form.group(2), "s").toLowerCase(Locale.ROOT)) {
          case "ms" -> BigDecimal.ONE.movePointLeft(3);
          case "m" -> BigDecimal.valueOf(60);
          case "h" -> BigDecimal.valueOf(3600);
          default -> BigDecimal.ONE;
        };
    BigDecimal seconds = decimal(form.group(1), unit);
    if (seconds.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("more than a year, " + LONGEST + " seconds");
    }
    if (seconds.compareTo(SHORTEST) < 0) {
      throw notPositive();
    }
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  private static BigDecimal decimal(String text, BigDecimal unit) {
    try {
      return new BigDecimal(text).multiply(unit);
    } catch (NumberFormatException | ArithmeticException e) {
      throw notPositive();
    }
  }

  private static IllegalArgumentException notPositive() {
    return new IllegalArgumentException("not a positive number of seconds");
  }
}

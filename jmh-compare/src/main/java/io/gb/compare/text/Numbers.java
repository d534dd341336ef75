package io.gb.compare.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Writes numbers the same way in every locale. */
public final class Numbers {

  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private Numbers() {}

  /**
   * {@return up to four significant digits, but never fewer than the whole ones, without an
   * exponent and trailing zeros: {@code 2.5}}
   *
   * @param value a finite number
   */
  public static String plain(double value) {
    return rounded(value).stripTrailingZeros().toPlainString();
  }

  /**
   * {@return four significant digits, but never fewer than the whole ones: {@code 1.500, 12346};
   * with an exponent, {@code 3.000e-14}, if that would take more than sixteen}
   *
   * @param value any number; {@code -} stands for one that is not a number
   */
  public static String fourDigits(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "-" : "∞";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = rounded(value);
    int scale = 3 - (rounded.precision() - rounded.scale() - 1);
    if (scale > 12 || scale < -12) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    return rounded.setScale(Math.max(scale, 0), RoundingMode.HALF_EVEN).toPlainString();
  }

  /**
   * {@return a number with a fixed number of decimals, {@code -17.20}; with an exponent, {@code
   * 1.000e+09}, if that would take more than nine digits before the point}
   *
   * @param value any number
   * @param decimals 0 to 6
   */
  public static String fixed(double value, int decimals) {
    long power = POWERS[decimals];
    if (!(Math.abs(value) < 1e9)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    // String.format is slow, and reports have thousands of rows.
    long scaled = Math.round(Math.abs(value) * power);
    String sign = value < 0 && scaled > 0 ? "-" : "";
    String whole = sign + scaled / power;
    return decimals == 0 ? whole : whole + "." + Long.toString(power + scaled % power).substring(1);
  }

  private static BigDecimal rounded(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    int whole = exact.precision() - exact.scale();
    return exact.round(new MathContext(Math.max(4, whole)));
  }
}

package io.gb.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes numbers the same way in every locale. */
public final class Numbers {

  private Numbers() {}

  /** Returns up to four significant digits, without exponent and superfluous zeros: {@code 2.5}. */
  public static String plain(double value) {
    return rounded(value).stripTrailingZeros().toPlainString();
  }

  /** Returns four significant digits, but never fewer than the whole ones: {@code 1.500, 12346}. */
  public static String fourDigits(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "-" : "∞";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = rounded(value);
    int scale = 3 - (rounded.precision() - rounded.scale() - 1);
    return rounded.setScale(Math.clamp(scale, 0, 12), RoundingMode.HALF_EVEN).toPlainString();
  }

  private static BigDecimal rounded(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    int whole = exact.precision() - exact.scale();
    return exact.round(new MathContext(Math.max(4, whole)));
  }
}

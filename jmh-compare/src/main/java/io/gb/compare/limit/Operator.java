package io.gb.compare.limit;

/** How a limit restricts a value. */
enum Operator {
  /** At most. */
  AT_MOST("<="),
  /** At least. */
  AT_LEAST(">="),
  /** Neither more nor less. */
  EXACTLY("==");

  private final String text;

  Operator(String text) {
    this.text = text;
  }

  /** Returns the operator that is written so: {@code <=}, {@code >=} or {@code ==}. */
  static Operator of(String text) {
    for (Operator operator : values()) {
      if (operator.text.equals(text)) {
        return operator;
      }
    }
    throw new IllegalArgumentException("not an operator: " + text);
  }

  /** Whether a value keeps to a bound; a difference that rounding explains is none. */
  boolean holds(double value, double bound) {
    boolean isAbove = isAbove(value, bound);
    boolean isBelow = isAbove(bound, value);
    return switch (this) {
      case AT_MOST -> !isAbove;
      case AT_LEAST -> !isBelow;
      case EXACTLY -> !isAbove && !isBelow;
    };
  }

  /** Whether a value keeps to a bound, or misses it by no more than a floor. */
  boolean holds(double value, double bound, double floor) {
    return switch (this) {
      case AT_MOST -> holds(value, bound + floor);
      case AT_LEAST -> holds(value, bound - floor);
      case EXACTLY -> AT_MOST.holds(value, bound, floor) && AT_LEAST.holds(value, bound, floor);
    };
  }

  /** Returns the end of a range that is less likely to keep to a bound. */
  double worst(double low, double high, double bound) {
    return switch (this) {
      case AT_MOST -> high;
      case AT_LEAST -> low;
      case EXACTLY -> Math.abs(high - bound) >= Math.abs(bound - low) ? high : low;
    };
  }

  private static boolean isAbove(double value, double bound) {
    return value > bound && (Double.isInfinite(value) || value - bound > 4 * Math.ulp(value));
  }
}

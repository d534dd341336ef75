package io.gb.compare;

import java.util.OptionalDouble;

/**
 * A number with its unit, as a gate or a budget has it.
 *
 * @param value 0 or more
 * @param unit as written, {@code us} or {@code B/op}; empty if there is none
 */
record Amount(double value, String unit) {

  /** The form of the number. */
  static final String NUMBER = "[0-9]+(?:\\.[0-9]+)?";

  /**
   * The value in a metric's unit; nothing if it does not fit. An operation need not be named:
   * {@code us} fits {@code ns/op}. Without a unit, it fits what is counted, and 0 fits everything.
   */
  OptionalDouble in(Unit other) {
    if (unit.isEmpty()) {
      boolean fits =
          value == 0 || other.kind() == Unit.Kind.COUNT || other.kind() == Unit.Kind.OTHER;
      return fits ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
    return new Unit(unit)
        .factorTo(other)
        .or(() -> new Unit(unit + "/op").factorTo(other))
        .map(factor -> OptionalDouble.of(value * factor))
        .orElse(OptionalDouble.empty());
  }

  /** {@code 64 B/op}. */
  @Override
  public String toString() {
    return (Numbers.plain(value) + " " + unit).strip();
  }
}

package io.gb.compare.limit;

import io.gb.compare.measured.Unit;
import java.util.OptionalDouble;

/**
 * A number with its unit, as a limit states it.
 *
 * @param value 0 or more; only a share may be negative
 * @param unit as written, {@code us}, {@code B/op} or {@code %}; empty if there is none
 */
record Amount(double value, String unit) {

  boolean isShare() {
    return unit.equals("%");
  }

  /**
   * Converts the value to a metric's unit; nothing if that is impossible. The unit may leave out
   * {@code /op}: {@code us} converts to {@code ns/op}. A value without a unit stands for a count,
   * and 0 for 0 in every unit.
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

  /** Says in what unit it is: {@code is in B/op} or {@code has no unit}. */
  String unitInWords() {
    return unit.isEmpty() ? "has no unit" : "is in " + unit;
  }
}

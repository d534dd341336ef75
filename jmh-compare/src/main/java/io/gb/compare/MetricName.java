package io.gb.compare;

import io.gb.compare.jmh.Mode;

/**
 * A metric as gates and budgets name it.
 *
 * @param text the name in the reports; {@code time} stands for the primary metric in every mode, as
 *     time
 */
record MetricName(String text) {

  private static final String TIME = "time";

  /** What the reports call it in a mode. */
  String in(Mode mode) {
    return isTime() ? mode.metric() : text;
  }

  /** Whether it asks for time where the unit has operations in a time. */
  boolean inverts(Unit unit) {
    return isTime() && unit.direction() == Unit.Direction.HIGHER;
  }

  private boolean isTime() {
    return text.equals(TIME);
  }
}

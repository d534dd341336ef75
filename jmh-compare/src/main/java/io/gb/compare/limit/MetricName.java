package io.gb.compare.limit;

import io.gb.compare.jmh.Mode;
import io.gb.compare.measured.Unit;

/**
 * A metric as a limit names it.
 *
 * @param text the name as in the reports; {@code time} stands for the primary metric in every mode,
 *     as time
 */
record MetricName(String text) {

  private static final String TIME = "time";

  /** Returns the metric's name in the results of a mode. */
  String in(Mode mode) {
    return isTime() ? mode.metric() : text;
  }

  /** Whether the name asks for time and the unit is one of throughput. */
  boolean inverts(Unit unit) {
    return isTime() && unit.direction() == Unit.Direction.HIGHER;
  }

  private boolean isTime() {
    return text.equals(TIME);
  }
}

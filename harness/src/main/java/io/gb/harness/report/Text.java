package io.gb.harness.report;

import java.util.Locale;

/** Formats figures as ab does, whatever the locale. */
final class Text {

  private Text() {}

  /** Formats values; a {@code %n} becomes a line feed on every system. */
  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
  }

  /** Returns milliseconds: cuts off below whole microseconds, then rounds half a millisecond up. */
  static long millis(long nanos) {
    return Math.floorDiv(Math.floorDiv(nanos, 1000L) + 500, 1000L);
  }
}

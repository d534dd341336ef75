package io.gb.harness.report;

import java.util.Locale;

/** Formats figures as ab does, whatever the locale. */
final class Text {

  private static final int COLUMNS = 80;
  private static final int INDENT = 24;
  private static final int EARLIEST = 45;

  private Text() {}

  /** Formats values; a {@code %n} becomes a line feed on every system. */
  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
  }

  /**
   * Breaks lines of more than 80 columns and indents what comes behind a break, as the values of a
   * report are. Breaks behind a comma or semicolon, or if there is none near the end, at a blank; a
   * word too long for a line stays whole.
   */
  static String wrapped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 100);
    for (String line : text.split("(?<=\n)", -1)) {
      String left = line;
      // Without the line feed at its end.
      while (left.length() - 1 > COLUMNS) {
        int end =
            Math.max(left.lastIndexOf(", ", COLUMNS - 1), left.lastIndexOf("; ", COLUMNS - 1));
        int at = end + 1 > EARLIEST ? end + 1 : left.lastIndexOf(' ', COLUMNS);
        at = at > INDENT ? at : left.indexOf(' ', COLUMNS);
        if (at < 0) {
          break;
        }
        out.append(left, 0, at).append('\n');
        left = " ".repeat(INDENT) + left.substring(at + 1);
      }
      out.append(left);
    }
    return out.toString();
  }

  /** Returns milliseconds: cuts off below whole microseconds, then rounds half a millisecond up. */
  static long millis(long nanos) {
    return Math.floorDiv(Math.floorDiv(nanos, 1000L) + 500, 1000L);
  }
}

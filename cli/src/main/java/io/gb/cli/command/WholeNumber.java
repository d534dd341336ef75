package io.gb.cli.command;

/** Reads whole numbers. */
public final class WholeNumber {

  private WholeNumber() {}

  /** Reads a long; an IllegalArgumentException says why it is none. */
  public static long parse(String text) {
    return parse(text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Reads an int; an IllegalArgumentException says why it is none. */
  public static int parseInt(String text) {
    return (int) parse(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static long parse(String text, long least, long most) {
    if (!text.matches("[+-]?[0-9]+")) {
      throw new IllegalArgumentException("not a whole number");
    }
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Too long for a long.
    }
    throw new IllegalArgumentException("out of range");
  }
}

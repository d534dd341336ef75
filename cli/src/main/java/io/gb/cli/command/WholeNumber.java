package io.gb.cli.command;

import java.util.regex.Pattern;

/** Reads whole numbers in decimal digits, with or without a sign. */
public final class WholeNumber {

  private static final Pattern THOUSAND = Pattern.compile("(?<=[0-9])[kK]$");
  private static final Pattern MILLION = Pattern.compile("(?<=[0-9])[mM]$");

  private WholeNumber() {}

  /**
   * Reads a long.
   *
   * @throws IllegalArgumentException if it is not a whole number, or not in the range of a long;
   *     the message says which
   */
  public static long parse(String text) {
    return parse(text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Reads an int.
   *
   * @throws IllegalArgumentException if it is not a whole number, or not in the range of an int;
   *     the message says which
   */
  public static int parseInt(String text) {
    return (int) parse(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /**
   * Writes out the thousand of {@code 10k} and the million of {@code 1m}, in either case.
   *
   * @return the text with zeros in place of such a letter; the text itself if it has none
   */
  public static String writtenOut(String text) {
    return THOUSAND.matcher(MILLION.matcher(text).replaceFirst("000000")).replaceFirst("000");
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
      // Out of the range of a long; reported below.
    }
    throw new IllegalArgumentException("out of range");
  }
}

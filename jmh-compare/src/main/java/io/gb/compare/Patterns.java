package io.gb.compare;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads regular expressions that users write. */
public final class Patterns {

  private Patterns() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none; the message is one line
   */
  public static Pattern parse(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a regular expression: " + e.getDescription(), e);
    }
  }
}

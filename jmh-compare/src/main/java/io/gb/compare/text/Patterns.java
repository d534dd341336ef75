package io.gb.compare.text;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Compiles regular expressions that users write. */
public final class Patterns {

  private Patterns() {}

  /**
   * Compiles one.
   *
   * @param text a regular expression
   * @return the compiled expression
   * @throws IllegalArgumentException if the text is no regular expression; the message is one line
   */
  public static Pattern parse(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a regular expression: " + e.getDescription(), e);
    }
  }
}

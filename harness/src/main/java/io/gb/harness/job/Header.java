package io.gb.harness.job;

import java.util.Locale;
import java.util.Set;

/**
 * One header field of a request. Immutable.
 *
 * @param name the field name, a token of RFC 9110, section 5.6.2
 * @param value the field value without line breaks
 */
public record Header(String name, String value) {

  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie");

  /**
   * Checks name and value.
   *
   * @throws IllegalArgumentException if the name is not a token or the value holds a control
   *     character other than tab
   */
  public Header {
    if (!isToken(name)) {
      throw new IllegalArgumentException("not a header name: '" + name + "'");
    }
    if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
      throw new IllegalArgumentException("control character in the value of header " + name);
    }
  }

  /**
   * {@return whether a text is a token of RFC 9110, section 5.6.2, as names of fields and methods
   * are}
   *
   * @param text the text, possibly empty
   */
  public static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Header::isTokenCharacter);
  }

  private static boolean isTokenCharacter(int c) {
    return c > ' ' && c < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
  }

  /** {@return the field as it is sent, but without a secret: credentials and cookies are masked} */
  @Override
  public String toString() {
    return name + ": " + (SECRET.contains(name.toLowerCase(Locale.ROOT)) ? "***" : value);
  }
}

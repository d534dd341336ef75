package io.gb.harness.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gb.text.ForeignText;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads URLs as people write them, and gives them the form in which they are sent (RFC 3986).
 *
 * <ul>
 *   <li>In the path and the query, each character that may not stand there is percent-encoded as
 *       UTF-8: all beyond ASCII, the blank, and {@code " < > \ ^ ` { | }}; brackets only in the
 *       path. What is percent-encoded already stays as it is. A fragment is left out.
 *   <li>A host name beyond ASCII is written in Punycode, as {@link IDN} does (IDNA 2003). Names
 *       that browsers read in another way (IDNA 2008, UTS 46) are refused: those with {@code ß},
 *       {@code ς} or a joiner. Underscores, which {@link URI#getHost} does not know, are allowed.
 * </ul>
 */
public final class HttpUrl {

  /** RFC 3986, appendix B: scheme, authority, path and query. */
  private static final Pattern PARTS =
      Pattern.compile(
          "(?s)(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?");

  private static final Pattern AUTHORITY = Pattern.compile("(?s)(\\[[^]]*]|.*?)(?::([^:\\]]*))?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");
  private static final Pattern NOT_IN_NAME = Pattern.compile("(?s)[^A-Za-z0-9_.-]");
  private static final Pattern ENCODED_BYTE = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** Stands for bytes of the command line that are no text in the locale. */
  private static final int UNREADABLE = 0xFFFD;

  /** IDNA 2003 replaces the first three and drops the others; IDNA 2008 keeps them. */
  private static final Pattern AMBIGUOUS = Pattern.compile("[ßẞς\u200c\u200d]");

  /** RFC 3986, section 3.3. */
  private static final String IN_PATH = "-._~!$&'()*+,;=:@/";

  /** RFC 3986, section 3.4, and the brackets that browsers leave alone. */
  private static final String IN_QUERY = IN_PATH + "?[]";

  private HttpUrl() {}

  /**
   * Reads a URL.
   *
   * @param text an http or https URL with a host
   * @return its form in ASCII; with an underscore in the host, only its authority knows the host
   * @throws URISyntaxException if it is none; the reason names what is wrong, and the input is the
   *     text without user and password
   */
  public static URI parse(String text) throws URISyntaxException {
    try {
      return new URI(encode(text));
    } catch (IllegalArgumentException e) {
      throw malformed(text, String.valueOf(e.getMessage()), e);
    } catch (URISyntaxException e) {
      throw malformed(text, "no IPv6 address in brackets", e);
    }
  }

  /**
   * Returns the form in which a URL is sent.
   *
   * @throws IllegalArgumentException if it is not http or https, has no host or a bad one
   */
  public static URI of(URI uri) {
    try {
      return parse(uri.toString());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Masks all up to the last {@code @}: in a malformed URL, a password may contain any sign. */
  private static URISyntaxException malformed(String text, String reason, Exception cause) {
    String masked = text.replaceFirst("(?s)^([A-Za-z][A-Za-z0-9+.-]*:)?(//)?.*@", "$1$2***@");
    URISyntaxException malformed = new URISyntaxException(masked, reason);
    malformed.initCause(cause);
    return malformed;
  }

  private static String encode(String text) {
    Matcher parts = PARTS.matcher(text);
    String scheme = parts.matches() ? parts.group(1) : null;
    require(
        "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme),
        "the scheme must be http or https");
    String query = parts.group(4);
    return scheme
        + "://"
        + authority(parts.group(2))
        + encode(parts.group(3), IN_PATH)
        + (query == null ? "" : "?" + encode(query, IN_QUERY));
  }

  private static String authority(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("no host");
    }
    require(!text.contains("@"), "use -A, or the header Authorization, for user and password");
    Matcher parts = AUTHORITY.matcher(text);
    require(parts.matches() && !parts.group(1).isEmpty(), "no host");
    String host = parts.group(1);
    String port = parts.group(2);
    // Allowed by RFC 3986, but most likely a variable that is not set.
    require(port == null || !port.isEmpty(), "no port behind the colon");
    require(port == null || isPort(port), "the port must be between 1 and 65535");
    return (host.startsWith("[") ? host : name(host)) + (port == null ? "" : ":" + port);
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,9}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 65535;
  }

  private static String name(String host) {
    require(!host.contains(":"), "an IPv6 address needs brackets, as in http://[::1]/");
    String name = asciiHost(host);
    Matcher bad = NOT_IN_NAME.matcher(name);
    if (bad.find()) {
      throw new IllegalArgumentException(quoted(bad.group()) + " in the name of the host");
    }
    require(NAME.matcher(name).matches(), "an empty part in the name of the host");
    return name;
  }

  /**
   * Returns the name of a host in ASCII; one that is in ASCII already stays as it is, unchecked.
   *
   * @param host a name or an address
   * @throws IllegalArgumentException if it has no such form; the message says why
   */
  public static String asciiHost(String host) {
    if (host.chars().allMatch(unit -> unit < 0x80)) {
      return host;
    }
    Matcher ambiguous = AMBIGUOUS.matcher(host);
    if (ambiguous.find()) {
      throw new IllegalArgumentException(
          quoted(ambiguous.group())
              + " in the name of the host means different hosts to different programs; write the"
              + " name as xn--...");
    }
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no name of a host: " + e.getMessage(), e);
    }
  }

  private static String encode(String text, String allowed) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int letter = text.codePointAt(i);
      String itself = Character.toString(letter);
      require(letter >= ' ' && letter != 0x7F, quoted(itself) + ", a control character");
      require(
          letter != UNREADABLE && Character.getType(letter) != Character.SURROGATE,
          "a character is not readable; use a locale with UTF-8, or percent-encode it");
      if (letter == '%') {
        require(
            ENCODED_BYTE.matcher(text).region(i, text.length()).lookingAt(),
            quoted(text.substring(i, Math.min(i + 3, text.length())))
                + " is no percent-encoded byte; write %25 for a percent sign");
      }
      if (letter == '%' || isAsciiLetterOrDigit(letter) || allowed.indexOf(letter) >= 0) {
        encoded.append(itself);
      } else {
        for (byte one : itself.getBytes(UTF_8)) {
          encoded.append('%').append(HEX.toHexDigits(one));
        }
      }
    }
    return encoded.toString();
  }

  private static boolean isAsciiLetterOrDigit(int letter) {
    return letter < 0x80 && Character.isLetterOrDigit(letter);
  }

  private static String quoted(String text) {
    return "'" + ForeignText.line(text) + "'";
  }

  private static void require(boolean holds, String reason) {
    if (!holds) {
      throw new IllegalArgumentException(reason);
    }
  }
}

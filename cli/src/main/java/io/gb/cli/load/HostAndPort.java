package io.gb.cli.load;

import io.gb.harness.http.HttpUrl;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host and port of {@code -X}.
 *
 * @param host name or address, without brackets and in ASCII
 * @param port 1 to 65535
 */
record HostAndPort(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\[\\]:/]+))(?::([0-9]{1,5}))?");

  /**
   * Reads a host and an optional port.
   *
   * @param otherwise the port if the text has none
   * @throws IllegalArgumentException with what is wrong
   */
  static HostAndPort parse(String text, int otherwise) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not host[:port]");
    }
    int port = parts.group(3) == null ? otherwise : Integer.parseInt(parts.group(3));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the port must be between 1 and 65535");
    }
    String name = parts.group(2);
    return new HostAndPort(name == null ? parts.group(1) : HttpUrl.asciiHost(name), port);
  }
}

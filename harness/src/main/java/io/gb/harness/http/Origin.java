package io.gb.harness.http;

import java.net.URI;

/**
 * The server that requests are for: scheme, host and port of a URL (RFC 9110, section 4.3.1).
 * Immutable.
 *
 * @param tls whether the scheme is https
 * @param host the host name or address, without the brackets of an IPv6 address
 * @param port 1 to 65535
 */
public record Origin(boolean tls, String host, int port) {

  /**
   * {@return the origin of a URL; without a port in the URL, the port is the scheme's}
   *
   * @param uri the URL
   * @throws IllegalArgumentException if it is not http or https, has no host, or a bad port; the
   *     message names the URL without user and password
   */
  public static Origin of(URI uri) {
    URI url = HttpUrl.of(uri);
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    // URI itself knows no host with an underscore, only the authority.
    String authority = url.getRawAuthority();
    int end = authority.lastIndexOf(':');
    if (end <= authority.lastIndexOf(']')) {
      end = authority.length();
    }
    String host = authority.substring(0, end);
    String port = authority.substring(end);
    return new Origin(
        tls,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port.isEmpty() ? usualPort(tls) : Integer.parseInt(port.substring(1)));
  }

  private static int usualPort(boolean tls) {
    return tls ? 443 : 80;
  }

  /** {@return host and port as CONNECT names them: the port always, an IPv6 address in brackets} */
  public String hostAndPort() {
    return hostInUrl() + ":" + port;
  }

  /** {@return host and port as a Host header names them: the scheme's own port is left out} */
  public String hostHeader() {
    return port == usualPort(tls) ? hostInUrl() : hostAndPort();
  }

  /** {@return the host as URLs name it: an IPv6 address in brackets} */
  public String hostInUrl() {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}

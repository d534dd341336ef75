package io.gb.harness.http;

import static io.gb.harness.job.Checks.require;

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
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    require(
        tls || "http".equalsIgnoreCase(uri.getScheme()),
        "scheme must be http or https",
        shown(uri));
    String host = uri.getHost();
    require(host != null, "no host in URL", shown(uri));
    int port = uri.getPort();
    require(port >= -1 && port <= 65535 && port != 0, "bad port", shown(uri));
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Origin(tls, bare, port == -1 ? usualPort(tls) : port);
  }

  private static String shown(URI uri) {
    return uri.toString().replaceFirst("//[^/]*@", "//***@");
  }

  private static int usualPort(boolean tls) {
    return tls ? 443 : 80;
  }

  /** {@return host and port as CONNECT names them: the port always, an IPv6 address in brackets} */
  public String hostAndPort() {
    return bracketed() + ":" + port;
  }

  /** {@return host and port as a Host header names them: the scheme's own port is left out} */
  public String hostHeader() {
    return port == usualPort(tls) ? bracketed() : hostAndPort();
  }

  private String bracketed() {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}

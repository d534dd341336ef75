package io.gb.harness.http;

import static io.gb.harness.job.Checks.require;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy. Requests for http are sent to it with the whole URL as their target; for https it
 * opens a tunnel. Immutable.
 *
 * @param host its name or address, without brackets
 * @param port its port, 1 to 65535
 * @param authorization the value of Proxy-Authorization, or null for none
 */
public record ProxyServer(String host, int port, @Nullable String authorization) {

  /**
   * Checks the port, and gives a host name beyond ASCII its form in ASCII.
   *
   * @throws IllegalArgumentException if the port is out of range, or the name has no such form
   */
  public ProxyServer {
    host = HttpUrl.asciiHost(host);
    require(port >= 1 && port <= 65535, "proxy port must be between 1 and 65535", port);
  }

  /** {@return host and port; credentials are not shown} */
  @Override
  public String toString() {
    return host + ":" + port + (authorization == null ? "" : " with credentials");
  }
}

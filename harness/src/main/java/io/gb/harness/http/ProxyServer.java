package io.gb.harness.http;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy. Requests for http go to it with an absolute target; for https it is asked for a
 * tunnel. Immutable.
 *
 * @param host its name or address, without brackets
 * @param port its port, 1 to 65535
 * @param authorization the value of Proxy-Authorization, or null for none
 */
public record ProxyServer(String host, int port, @Nullable String authorization) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the port is out of range
   */
  public ProxyServer {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("proxy port must be between 1 and 65535: " + port);
    }
  }
}

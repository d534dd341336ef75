package io.gb.harness.http;

import static io.gb.harness.job.Checks.require;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sockets, proxy and TLS. Immutable.
 *
 * @param bufferBytes the size of the send and receive buffers of a socket, 0 for the system's
 *     choice
 * @param localAddress the address to connect from, or null for the system's choice
 * @param everyAddress whether new connections go to all addresses of the server, or of the proxy,
 *     in turn; otherwise to the first one that answers
 * @param proxy the proxy to connect through, or null for none
 * @param tls how to speak TLS if the URL asks for it
 */
public record Transport(
    int bufferBytes,
    @Nullable InetAddress localAddress,
    boolean everyAddress,
    @Nullable ProxyServer proxy,
    TlsOptions tls) {

  /**
   * No proxy, any local address, the first address of the server, the system's buffers, lenient
   * TLS.
   */
  public static final Transport DEFAULT = new Transport(0, null, false, null, TlsOptions.LENIENT);

  /**
   * Checks the buffer size.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public Transport {
    require(bufferBytes >= 0, "buffer size must not be negative", bufferBytes);
  }
}

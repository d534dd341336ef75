package io.gb.harness.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made. Immutable.
 *
 * @param bufferBytes the size of the socket's send and receive buffers; 0 leaves it to the system
 * @param localAddress the address to connect from, or null for the system's choice
 * @param proxy the proxy to go through, or null to go straight
 * @param tls how to speak TLS, where the URL asks for it
 */
public record Transport(
    int bufferBytes,
    @Nullable InetAddress localAddress,
    @Nullable ProxyServer proxy,
    TlsOptions tls) {

  /** Straight from any address, with the system's buffers and lenient TLS. */
  public static final Transport DEFAULT = new Transport(0, null, null, TlsOptions.LENIENT);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public Transport {
    if (bufferBytes < 0) {
      throw new IllegalArgumentException("buffer size must not be negative: " + bufferBytes);
    }
  }

  /** The same with another buffer size in bytes; 0 for the system's. */
  public Transport withBufferBytes(int value) {
    return new Transport(value, localAddress, proxy, tls);
  }

  /** The same from another address; null for any. */
  public Transport withLocalAddress(@Nullable InetAddress value) {
    return new Transport(bufferBytes, value, proxy, tls);
  }

  /** The same through another proxy; null for none. */
  public Transport withProxy(@Nullable ProxyServer value) {
    return new Transport(bufferBytes, localAddress, value, tls);
  }

  /** The same with other TLS. */
  public Transport withTls(TlsOptions value) {
    return new Transport(bufferBytes, localAddress, proxy, value);
  }
}

package io.gb.server;

import java.net.InetAddress;

/**
 * The address of an {@link EmbeddedServer} and its number of I/O threads. Immutable, thread-safe.
 *
 * @param address the address to bind; {@code 0.0.0.0} or {@code ::} means every address of the
 *     machine
 * @param port the port to bind, 0 to 65535; 0 lets the system choose a free one
 * @param ioThreads number of threads that read and answer requests, at least 1; each connection is
 *     assigned to one of them at random; one more thread accepts connections
 */
public record ServerConfig(InetAddress address, int port, int ioThreads) {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if {@code port} or {@code ioThreads} is out of range
   */
  public ServerConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535: " + port);
    }
    if (ioThreads < 1) {
      throw new IllegalArgumentException("ioThreads must be at least 1: " + ioThreads);
    }
  }

  /**
   * {@code 127.0.0.1}, a port chosen by the system, and one I/O thread for every two processors but
   * at least one, which leaves the other half of the machine to the client.
   */
  public static ServerConfig loopback() {
    return new ServerConfig(
        LOOPBACK, 0, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  /** The same with another address to bind. */
  public ServerConfig withAddress(InetAddress address) {
    return new ServerConfig(address, port, ioThreads);
  }

  /**
   * The same with another port.
   *
   * @throws IllegalArgumentException if {@code port} is not 0 to 65535
   */
  public ServerConfig withPort(int port) {
    return new ServerConfig(address, port, ioThreads);
  }

  /**
   * The same with another number of I/O threads.
   *
   * @throws IllegalArgumentException if {@code ioThreads} is less than 1
   */
  public ServerConfig withIoThreads(int ioThreads) {
    return new ServerConfig(address, port, ioThreads);
  }
}

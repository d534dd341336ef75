package io.gb.server;

import io.gb.server.tls.Identity;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The address of an {@link EmbeddedServer}, its number of I/O threads, and whether it speaks TLS.
 * Immutable, thread-safe.
 *
 * @param address the address to bind; {@code 0.0.0.0} or {@code ::} means every address of the
 *     machine
 * @param port the port to bind, 0 to 65535; 0 lets the system choose a free one
 * @param ioThreads number of threads that read and answer requests, at least 1; each connection is
 *     assigned to one of them at random; one more thread accepts connections
 * @param https whether the server speaks https; otherwise it speaks http
 * @param identity key and certificate for https; null if the server is to make its own when it
 *     starts
 */
public record ServerConfig(
    InetAddress address, int port, int ioThreads, boolean https, @Nullable Identity identity) {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if {@code port} or {@code ioThreads} is out of range, or if
   *     there is an identity without https
   */
  public ServerConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535: " + port);
    }
    if (ioThreads < 1) {
      throw new IllegalArgumentException("ioThreads must be at least 1: " + ioThreads);
    }
    if (identity != null && !https) {
      throw new IllegalArgumentException("identity is for https only");
    }
  }

  /**
   * {@code 127.0.0.1}, a port chosen by the system, http, and one I/O thread for every two
   * processors but at least one, which leaves the other half of the machine to the client.
   */
  public static ServerConfig loopback() {
    int ioThreads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new ServerConfig(LOOPBACK, 0, ioThreads, false, null);
  }

  /** The same with another address to bind. */
  public ServerConfig withAddress(InetAddress address) {
    return new ServerConfig(address, port, ioThreads, https, identity);
  }

  /**
   * The same with another port.
   *
   * @throws IllegalArgumentException if {@code port} is not 0 to 65535
   */
  public ServerConfig withPort(int port) {
    return new ServerConfig(address, port, ioThreads, https, identity);
  }

  /**
   * The same with another number of I/O threads.
   *
   * @throws IllegalArgumentException if {@code ioThreads} is less than 1
   */
  public ServerConfig withIoThreads(int ioThreads) {
    return new ServerConfig(address, port, ioThreads, https, identity);
  }

  /**
   * The same with https. When the server starts, it makes a key, and a certificate for {@code
   * localhost}, {@code 127.0.0.1}, {@code ::1} and the address to bind, valid from a day ago for 30
   * days. {@link EmbeddedServer#identity()} returns them; neither is written to disk.
   */
  public ServerConfig withHttps() {
    return new ServerConfig(address, port, ioThreads, true, null);
  }

  /** The same with https, and with this key and certificate. */
  public ServerConfig withHttps(Identity identity) {
    return new ServerConfig(address, port, ioThreads, true, identity);
  }
}

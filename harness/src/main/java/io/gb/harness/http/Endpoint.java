package io.gb.harness.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses to connect to, resolved once, so that no latency contains a name lookup. Immutable.
 *
 * @param addresses the addresses of the host in the resolver's order, at least one
 */
public record Endpoint(List<InetSocketAddress> addresses) {

  /** Copies the list. */
  public Endpoint {
    addresses = List.copyOf(addresses);
  }

  /**
   * Resolves a host.
   *
   * @param host a name or an address, without brackets
   * @param port 1 to 65535
   * @throws IOException if the host is unknown
   */
  public static Endpoint resolve(String host, int port) throws IOException {
    return new Endpoint(
        Arrays.stream(InetAddress.getAllByName(host))
            .map(address -> new InetSocketAddress(address, port))
            .toList());
  }
}

package io.gb.harness;

import io.gb.harness.http.ConnectionConfig;
import io.gb.harness.http.Engine;
import io.gb.harness.http.Origin;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.blocking.BlockingEngine;
import io.gb.harness.http.loop.LoopEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** Opens engines. */
public final class Engines {

  private Engines() {}

  /**
   * Resolves the host, or that of the proxy, and prepares an engine. Opens no connection yet.
   *
   * @param origin the server that requests are for; over TLS only if the engine speaks it
   * @param config how to connect
   * @return an engine that was not started
   * @throws IOException if the host is unknown, or the system has no more selectors to give
   */
  public static Engine open(Origin origin, ConnectionConfig config) throws IOException {
    ProxyServer proxy = config.transport().proxy();
    return open(
        origin,
        proxy == null ? resolve(origin.host(), origin.port()) : resolve(proxy.host(), proxy.port()),
        config);
  }

  /**
   * Prepares an engine for addresses that are known. Opens no connection yet.
   *
   * @param origin the server that requests are for; over TLS only if the engine speaks it
   * @param addresses its addresses, or those of the proxy, at least one
   * @param config how to connect
   * @return an engine that was not started
   * @throws IOException if the system has no more selectors to give
   */
  public static Engine open(
      Origin origin, List<InetSocketAddress> addresses, ConnectionConfig config)
      throws IOException {
    return switch (config.engine()) {
      case CORE, CLIENT -> new BlockingEngine(origin, addresses, config);
      case LOOP -> new LoopEngine(origin, addresses, config, threads(config, addresses.getFirst()));
    };
  }

  /** Resolves a host once, so that no latency contains a name lookup. */
  private static List<InetSocketAddress> resolve(String host, int port) throws IOException {
    return Arrays.stream(InetAddress.getAllByName(host))
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  /** One for each processor; half as many if the server runs on this machine too. */
  private static int threads(ConnectionConfig config, InetSocketAddress server) {
    int threads = config.threads();
    if (threads == 0) {
      int processors = Runtime.getRuntime().availableProcessors();
      threads = server.getAddress().isLoopbackAddress() ? Math.max(1, processors / 2) : processors;
    }
    return Math.min(threads, config.concurrency());
  }
}

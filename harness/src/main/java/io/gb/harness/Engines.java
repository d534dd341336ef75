package io.gb.harness;

import io.gb.harness.http.ConnectionConfig;
import io.gb.harness.http.Endpoint;
import io.gb.harness.http.Engine;
import io.gb.harness.http.Origin;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.blocking.BlockingEngine;
import io.gb.harness.http.loop.LoopEngine;
import java.io.IOException;
import java.net.InetAddress;

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
    Endpoint endpoint =
        proxy == null
            ? Endpoint.resolve(origin.host(), origin.port())
            : Endpoint.resolve(proxy.host(), proxy.port());
    return switch (config.engine()) {
      case CORE, CLIENT -> new BlockingEngine(origin, endpoint, config);
      case LOOP -> new LoopEngine(origin, endpoint, config, threads(config, endpoint));
    };
  }

  /**
   * One for each processor; half of them if the server is on the same machine and needs some too.
   */
  private static int threads(ConnectionConfig config, Endpoint endpoint) {
    int threads = config.threads();
    if (threads == 0) {
      InetAddress server = endpoint.addresses().getFirst().getAddress();
      int processors = Runtime.getRuntime().availableProcessors();
      threads = server.isLoopbackAddress() ? Math.max(1, processors / 2) : processors;
    }
    return Math.min(threads, config.concurrency());
  }
}

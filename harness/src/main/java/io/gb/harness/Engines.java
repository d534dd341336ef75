package io.gb.harness;

import io.gb.harness.http.Endpoint;
import io.gb.harness.http.Engine;
import io.gb.harness.http.EngineConfig;
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
   * @param config what to connect to, and how
   * @return an engine that was not started
   * @throws IOException if the host is unknown, or the system has no more selectors to give
   */
  public static Engine open(EngineConfig config) throws IOException {
    ProxyServer proxy = config.transport().proxy();
    Endpoint endpoint =
        proxy == null
            ? Endpoint.resolve(config.host(), config.port())
            : Endpoint.resolve(proxy.host(), proxy.port());
    return switch (config.kind()) {
      case CORE, CLIENT -> new BlockingEngine(config, endpoint);
      case LOOP -> new LoopEngine(config, endpoint, threads(config, endpoint));
    };
  }

  /** One for each processor, unless the server is on the same machine and needs its share. */
  private static int threads(EngineConfig config, Endpoint endpoint) {
    if (config.threads() > 0) {
      return config.threads();
    }
    int processors = Runtime.getRuntime().availableProcessors();
    InetAddress server = endpoint.addresses().getFirst().getAddress();
    return server.isLoopbackAddress() ? Math.max(1, processors / 2) : processors;
  }
}

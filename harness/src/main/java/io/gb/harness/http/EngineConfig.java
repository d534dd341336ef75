package io.gb.harness.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an engine needs to know. Immutable.
 *
 * @param kind which engine
 * @param tls whether to speak TLS
 * @param host the name or address of the server, without brackets
 * @param port its port, 1 to 65535
 * @param connections how many connections, at least 1
 * @param keepAlive whether a connection serves more than one job
 * @param timeout the deadline of one job from its start to the end of its response; positive
 * @param threads how many threads an event loop has, 0 to let it choose; others don't care
 * @param transport how to connect
 * @param listener is told of each response head, or null
 */
public record EngineConfig(
    EngineKind kind,
    boolean tls,
    String host,
    int port,
    int connections,
    boolean keepAlive,
    Duration timeout,
    int threads,
    Transport transport,
    @Nullable ExchangeListener listener) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public EngineConfig {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port must be between 1 and 65535: " + port);
    }
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be positive: " + connections);
    }
    if (threads < 0) {
      throw new IllegalArgumentException("threads must not be negative: " + threads);
    }
    if (tls && !kind.speaksTls()) {
      throw new IllegalArgumentException("an engine without TLS: " + kind);
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }
}

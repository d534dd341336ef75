package io.gb.harness.http;

/** Which engine sends. */
public enum EngineKind {
  /** Apache HttpCore 5 blocking connections, one owned by each worker on a virtual thread. */
  CORE,
  /** Apache HttpClient 5 classic: the full client, with a connection manager for each worker. */
  CLIENT,
  /** An event loop: few threads, each with many connections. Speaks no TLS. */
  LOOP;

  /**
   * {@return the default engine: the fastest one that supports the scheme}
   *
   * @param tls whether the engine has to speak TLS
   */
  public static EngineKind standard(boolean tls) {
    return tls ? CORE : LOOP;
  }

  /** {@return whether this engine can send over TLS} */
  public boolean speaksTls() {
    return this != LOOP;
  }
}

package io.gb.harness.http;

/** The engines there are. */
public enum EngineKind {
  /** Apache HttpCore 5 blocking connections, one owned by each worker on a virtual thread. */
  CORE,
  /** Apache HttpClient 5 classic: the full client, one connection manager a worker. */
  CLIENT,
  /** An event loop of our own: few threads, many connections on each. Speaks no TLS. */
  LOOP;

  /**
   * Returns the engine to take where nobody asks for another: the fastest that can do it.
   *
   * @param tls whether it has to speak TLS
   */
  public static EngineKind standard(boolean tls) {
    return tls ? CORE : LOOP;
  }

  /** Whether this engine can send over TLS. */
  public boolean speaksTls() {
    return this != LOOP;
  }
}

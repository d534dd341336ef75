package io.gb.harness.http;

/** The engines there are. */
public enum EngineKind {
  /** Apache HttpCore 5 blocking connections, one owned by each worker on a virtual thread. */
  CORE,
  /** Apache HttpClient 5 classic: the full client, one connection manager a worker. */
  CLIENT
}

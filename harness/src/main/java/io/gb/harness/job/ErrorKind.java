package io.gb.harness.job;

/** How a request failed; every failed request has exactly one kind. */
public enum ErrorKind {
  /** No TCP connection: refused, unreachable, no free port. */
  CONNECT,
  /** The TLS handshake failed. */
  TLS,
  /** The request could not be written in full. */
  SEND,
  /**
   * The server closed the connection after the request was sent, without any byte of a response.
   */
  NO_RESPONSE,
  /** What arrived is no complete, well-formed response head or body. */
  RECEIVE,
  /** The body ended early, or its length differs from that of the first response. */
  LENGTH,
  /** The deadline of the request passed. */
  TIMEOUT,
  /** Anything else; see the cause. */
  OTHER
}

package io.gb.harness.job;

/** How a request failed; every failed request has exactly one kind. */
public enum ErrorKind {
  /** No TCP connection: refused, unreachable, no free port. */
  CONNECT,
  /** The TLS handshake failed. */
  TLS,
  /** The request could not be written in full. */
  SEND,
  /** No complete, well-formed response head or body arrived. */
  RECEIVE,
  /** The body ended early, or its length differs from that of the first response. */
  LENGTH,
  /** The deadline of the request passed. */
  TIMEOUT,
  /** Anything else; see the cause. */
  OTHER
}

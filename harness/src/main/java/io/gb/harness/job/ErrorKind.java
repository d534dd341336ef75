package io.gb.harness.job;

/** What went wrong with a request; every failed request is of exactly one kind. */
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
  /** Anything else; the cause tells. */
  OTHER
}

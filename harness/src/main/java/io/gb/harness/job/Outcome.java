package io.gb.harness.job;

/**
 * The outcome of one job: a failed request is a value, never a thrown exception. All times are in
 * nanoseconds, zero or positive. Immutable.
 */
public sealed interface Outcome {

  /** {@return the time from the start of the job, connecting included, to its end} */
  long totalNanos();

  /** {@return the time spent connecting, TLS handshake included; 0 on a reused connection} */
  long connectNanos();

  /** {@return the number of bytes received, with response heads and the framing of TLS records} */
  long bytesReceived();

  /** {@return the number of bytes sent, with request heads and the framing of TLS records} */
  long bytesSent();

  /**
   * A complete response arrived, whatever its status.
   *
   * @param status the status code, 200 to 999
   * @param keptAlive whether the connection stays open for the next job
   * @param bodyBytes the length of the body as transferred, without chunk framing
   * @param bytesReceived see {@link Outcome#bytesReceived()}
   * @param bytesSent see {@link Outcome#bytesSent()}
   * @param connectNanos see {@link Outcome#connectNanos()}
   * @param tlsNanos the part of {@code connectNanos} spent in the TLS handshake
   * @param waitNanos from the request fully written to the first byte of the response
   * @param totalNanos see {@link Outcome#totalNanos()}
   */
  record Completed(
      int status,
      boolean keptAlive,
      long bodyBytes,
      long bytesReceived,
      long bytesSent,
      long connectNanos,
      long tlsNanos,
      long waitNanos,
      long totalNanos)
      implements Outcome {}

  /**
   * No complete response, or one that must not count as a success.
   *
   * @param kind the kind of failure
   * @param cause the exception behind it
   * @param bytesReceived see {@link Outcome#bytesReceived()}
   * @param bytesSent see {@link Outcome#bytesSent()}
   * @param connectNanos see {@link Outcome#connectNanos()}
   * @param totalNanos from the start of the job to its failure
   * @param status the status code of a complete response, 0 without one
   */
  record Failed(
      ErrorKind kind,
      Throwable cause,
      long bytesReceived,
      long bytesSent,
      long connectNanos,
      long totalNanos,
      int status)
      implements Outcome {}
}

package io.gb.harness.load;

import java.io.IOException;

/**
 * A body differs in length from that of the first response. Has no stack trace: it describes a
 * response, not a place in the code, and there may be one for each request.
 */
final class LengthMismatchException extends IOException {

  private static final long serialVersionUID = 1L;

  LengthMismatchException(long expected, long actual) {
    super("body of " + actual + " bytes, but the first response had " + expected);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}

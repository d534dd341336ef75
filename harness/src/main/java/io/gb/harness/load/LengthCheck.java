package io.gb.harness.load;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares the length of each response body with that of the first, and turns a response of another
 * length into a failure. Thread-safe; neither blocks nor allocates for a response of that length.
 */
public final class LengthCheck {

  private static final long UNKNOWN = -1;

  private final boolean variableLength;
  private final AtomicLong documentLength = new AtomicLong(UNKNOWN);

  /**
   * Creates a check that has seen no response.
   *
   * @param variableLength whether bodies may differ in length
   */
  public LengthCheck(boolean variableLength) {
    this.variableLength = variableLength;
  }

  /**
   * {@return a sink that checks outcomes before another sink gets them}
   *
   * @param next gets the outcomes as checked
   */
  public OutcomeSink before(OutcomeSink next) {
    return outcome -> next.record(check(outcome));
  }

  private Outcome check(Outcome outcome) {
    if (!(outcome instanceof Outcome.Completed completed)) {
      return outcome;
    }
    long expected = documentLength.get();
    if (expected == UNKNOWN) {
      expected =
          documentLength.compareAndSet(UNKNOWN, completed.bodyBytes())
              ? completed.bodyBytes()
              : documentLength.get();
    }
    if (completed.bodyBytes() == expected || variableLength) {
      return outcome;
    }
    return new Outcome.Failed(
        ErrorKind.LENGTH,
        new LengthMismatchException(expected, completed.bodyBytes()),
        completed.bytesReceived(),
        completed.bytesSent(),
        completed.connectNanos(),
        completed.totalNanos(),
        completed.status());
  }

  /** Has no stack trace: it describes a response, and there may be one for each request. */
  private static final class LengthMismatchException extends IOException {

    private static final long serialVersionUID = 1L;

    LengthMismatchException(long expected, long actual) {
      super("body of " + actual + " bytes, but the first response had " + expected);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  /** {@return the length of the first body in bytes, or -1 if no response has come} */
  public long documentLength() {
    return documentLength.get();
  }
}

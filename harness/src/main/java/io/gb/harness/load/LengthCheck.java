package io.gb.harness.load;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares the length of each body of a 2xx response with that of the first, and turns a response
 * of another length into a failure. Responses of another status are not compared: an error page has
 * a length of its own. Thread-safe; neither blocks nor allocates for a response of that length.
 */
public final class LengthCheck {

  private static final long UNKNOWN = -1;

  private final boolean variableLength;
  private final AtomicLong documentLength = new AtomicLong(UNKNOWN);
  private final AtomicLong otherLength = new AtomicLong(UNKNOWN);

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
    boolean success = completed.status() / 100 == 2;
    AtomicLong length = success ? documentLength : otherLength;
    long expected = length.get();
    if (expected == UNKNOWN) {
      expected =
          length.compareAndSet(UNKNOWN, completed.bodyBytes())
              ? completed.bodyBytes()
              : length.get();
    }
    if (completed.bodyBytes() == expected || variableLength || !success) {
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
      super("body of " + actual + " bytes, but the first 2xx response had " + expected);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  /**
   * {@return the length of the first body of a 2xx response in bytes; without one, of the first
   * body; -1 if no response has come}
   */
  public long documentLength() {
    long length = documentLength.get();
    return length == UNKNOWN ? otherLength.get() : length;
  }
}

package io.gb.harness.stats;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import java.io.IOException;

/** Outcomes to record, plain where a test does not care. */
final class Outcomes {

  private Outcomes() {}

  /** A 200 on a reused connection. */
  static Outcome.Completed reused(long totalNanos) {
    return completed(0, 0, totalNanos);
  }

  /** A 200 with 5 bytes of body that kept its connection, new if it took time to connect. */
  static Outcome.Completed completed(long connectNanos, long waitNanos, long totalNanos) {
    return new Outcome.Completed(200, true, 5, 100, 50, connectNanos, 0, waitNanos, totalNanos);
  }

  static Outcome.Completed status(int status) {
    return new Outcome.Completed(status, false, 0, 0, 0, 1, 0, 0, 1);
  }

  static Outcome.Failed failed(ErrorKind kind, long totalNanos) {
    return new Outcome.Failed(kind, new IOException(kind.name()), 10, 20, 0, totalNanos);
  }
}

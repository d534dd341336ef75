package io.gb.harness.load;

import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.util.concurrent.CountDownLatch;

/**
 * Holds jobs back at the start of a run: the second job waits for the outcome of the first, and
 * until one request has succeeded, no more jobs pass than may fail. So an address that does not
 * work is tried that often, not by all connections at once. Thread-safe.
 */
public final class StartGate {

  private final int mayFail;
  private final CountDownLatch firstOutcome = new CountDownLatch(1);
  private final CountDownLatch firstSuccess = new CountDownLatch(1);

  /**
   * Creates a closed gate.
   *
   * @param mayFail how many jobs may pass before the first success, 0 for any number
   */
  public StartGate(int mayFail) {
    this.mayFail = mayFail;
  }

  /**
   * {@return a sink through which this gate sees the outcomes for another sink}
   *
   * @param next gets all outcomes
   */
  public OutcomeSink before(OutcomeSink next) {
    return outcome -> {
      next.record(outcome);
      if (firstSuccess.getCount() > 0 && outcome instanceof Outcome.Completed) {
        firstSuccess.countDown();
      }
      if (firstOutcome.getCount() > 0) {
        firstOutcome.countDown();
      }
    };
  }

  /** Waits until another job may pass after this many have. */
  void await(long passed) throws InterruptedException {
    if (passed == 1) {
      firstOutcome.await();
    }
    if (passed == mayFail) {
      firstSuccess.await();
    }
  }
}

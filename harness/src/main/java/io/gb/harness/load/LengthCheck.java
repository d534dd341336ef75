package io.gb.harness.load;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between the engine and the recorder: compares the length of each body with the first one,
 * and stops the run when going on makes no sense. Thread-safe; neither blocks nor allocates for a
 * good outcome.
 */
public final class Judge {

  private static final long UNKNOWN = -1;

  private final Rules rules;
  private final StopSignal stop;
  private final AtomicLong documentLength = new AtomicLong(UNKNOWN);
  private final AtomicInteger failuresAtFirst = new AtomicInteger();
  private final CountDownLatch firstOutcome = new CountDownLatch(1);
  private final CountDownLatch firstSuccess = new CountDownLatch(1);

  /**
   * When to call a response a failure, and when to stop. Immutable.
   *
   * @param variableLength whether bodies may differ in length
   * @param stopOnReceiveError whether the first failure to receive ends the run
   * @param giveUpAfter how many failures without any success before them end the run; 0 for never
   */
  public record Rules(boolean variableLength, boolean stopOnReceiveError, int giveUpAfter) {}

  /**
   * Creates a judge that has seen nothing.
   *
   * @param rules how to judge
   * @param stop is triggered when the run should end
   */
  public Judge(Rules rules, StopSignal stop) {
    this.rules = rules;
    this.stop = stop;
  }

  /**
   * Puts this judge in front of a sink.
   *
   * @param sink gets the outcomes as judged
   */
  public OutcomeSink before(OutcomeSink sink) {
    return outcome -> {
      Outcome judged = judge(outcome);
      sink.record(judged);
      watch(judged);
    };
  }

  private Outcome judge(Outcome outcome) {
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
    if (completed.bodyBytes() == expected || rules.variableLength()) {
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

  private void watch(Outcome judged) {
    if (judged instanceof Outcome.Failed failed) {
      if (rules.stopOnReceiveError() && failed.kind() == ErrorKind.RECEIVE) {
        stop.stop(EndReason.RECEIVE_ERROR);
      } else if (firstSuccess.getCount() > 0
          && failuresAtFirst.incrementAndGet() == rules.giveUpAfter()) {
        stop.stop(EndReason.GAVE_UP);
      }
    } else if (firstSuccess.getCount() > 0) {
      firstSuccess.countDown();
    }
    if (firstOutcome.getCount() > 0) {
      firstOutcome.countDown();
    }
  }

  /** Waits until more jobs may follow when so many have been put. */
  void awaitLeaveToPass(long jobs) throws InterruptedException {
    if (jobs == 1) {
      firstOutcome.await();
    }
    if (jobs == rules.giveUpAfter()) {
      firstSuccess.await();
    }
  }

  /** Returns the length of the first body in bytes, or -1 if no response has come. */
  public long documentLength() {
    return documentLength.get();
  }
}

package io.gb.harness.stats;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;

/**
 * The records of some of the connections. Thread-safe without locks, except for failures: a stripe
 * is mostly used by one processor at a time, and every update is one atomic addition.
 */
final class Stripe implements OutcomeSink {

  private static final int STATUSES = 1000;
  private static final int USUAL = 200;

  private final long startNanos;
  private final long highestNanos;

  // Most requests reuse a connection; for them, connect is 0 and processing equals total. Separate
  // histograms for them mean two updates for each request instead of four.
  final AtomicHistogram reusedTotal;
  final AtomicHistogram newTotal;
  final AtomicHistogram newConnect;
  final AtomicHistogram handshake;
  final AtomicHistogram newProcessing;
  final AtomicHistogram waiting;
  final AtomicHistogram failedTotal;

  final LongAdder nonSuccess = new LongAdder();
  final LongAdder wrongLength = new LongAdder();
  final LongAdder keptAlive = new LongAdder();
  final LongAdder bytesReceived = new LongAdder();
  final LongAdder bytesSent = new LongAdder();
  final LongAdder bodyBytes = new LongAdder();

  /**
   * Complete responses by status. Those with {@link #USUAL} are counted by the histograms alone.
   */
  private final AtomicLongArray statuses = new AtomicLongArray(STATUSES);

  private final Map<ErrorKind, ErrorSummary> errors = new EnumMap<>(ErrorKind.class);

  Stripe(long startNanos, long highestNanos) {
    this.startNanos = startNanos;
    this.highestNanos = highestNanos;
    reusedTotal = Recorder.histogram(highestNanos);
    newTotal = Recorder.histogram(highestNanos);
    newConnect = Recorder.histogram(highestNanos);
    handshake = Recorder.histogram(highestNanos);
    newProcessing = Recorder.histogram(highestNanos);
    waiting = Recorder.histogram(highestNanos);
    failedTotal = Recorder.histogram(highestNanos);
  }

  @Override
  public void record(Outcome outcome) {
    bytesReceived.add(outcome.bytesReceived());
    bytesSent.add(outcome.bytesSent());
    switch (outcome) {
      case Outcome.Completed completed -> record(completed);
      case Outcome.Failed failed -> record(failed);
    }
  }

  private void record(Outcome.Completed completed) {
    long total = completed.totalNanos();
    if (completed.connectNanos() == 0) {
      record(reusedTotal, total);
    } else {
      record(newTotal, total);
      record(newConnect, completed.connectNanos());
      if (completed.tlsNanos() > 0) {
        record(handshake, completed.tlsNanos());
      }
      record(newProcessing, Math.max(0, total - completed.connectNanos()));
    }
    record(waiting, completed.waitNanos());
    bodyBytes.add(completed.bodyBytes());
    if (completed.keptAlive()) {
      keptAlive.increment();
    }
    countStatus(completed.status());
  }

  private void countStatus(int status) {
    if (status != USUAL) {
      // HttpCore reads higher numbers too.
      statuses.incrementAndGet(Math.min(status, STATUSES - 1));
      if (status / 100 != 2) {
        nonSuccess.increment();
      }
    }
  }

  private void record(Outcome.Failed failed) {
    record(failedTotal, failed.totalNanos());
    if (failed.status() != 0) {
      wrongLength.increment();
      countStatus(failed.status());
    }
    long now = System.nanoTime() - startNanos;
    synchronized (errors) {
      errors.merge(
          failed.kind(), new ErrorSummary(1, now, now, failed.cause()), ErrorSummary::plus);
    }
  }

  /**
   * The watchdog may find an overdue request late; a time beyond the range counts as the highest.
   */
  private void record(AtomicHistogram histogram, long nanos) {
    histogram.recordValue(Math.min(nanos, highestNanos));
  }

  long completed() {
    return reusedTotal.getTotalCount() + newTotal.getTotalCount();
  }

  long failed() {
    return failedTotal.getTotalCount();
  }

  /** Adds the complete responses by status; exact once no thread records any more. */
  void addStatuses(Map<Integer, Long> sums) {
    long usual = completed() + wrongLength.sum();
    for (int status = 0; status < STATUSES; status++) {
      long count = statuses.get(status);
      if (count > 0) {
        sums.merge(status, count, Long::sum);
        usual -= count;
      }
    }
    if (usual > 0) {
      sums.merge(USUAL, usual, Long::sum);
    }
  }

  Map<ErrorKind, ErrorSummary> errors() {
    synchronized (errors) {
      return new EnumMap<>(errors);
    }
  }
}

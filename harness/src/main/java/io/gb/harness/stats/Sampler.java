package io.gb.harness.stats;

import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Keeps single requests in bounded memory: all completed ones up to a limit, and beyond it a sample
 * in which each has the same chance to be (reservoir sampling, J. S. Vitter 1985, algorithm R).
 * Thread-safe and lock-free.
 */
public final class Sampler implements OutcomeSink {

  private final Instant start;
  private final long startNanos;
  private final AtomicReferenceArray<RequestSample> kept;
  private final AtomicLong seen = new AtomicLong();

  /**
   * Creates an empty sampler.
   *
   * @param limit how many requests to keep at most, 0 for none
   * @param start the wall-clock time at startNanos
   * @param startNanos a {@link System#nanoTime()}
   */
  public Sampler(int limit, Instant start, long startNanos) {
    this.start = start;
    this.startNanos = startNanos;
    kept = new AtomicReferenceArray<>(limit);
  }

  /**
   * {@return a sink that passes outcomes on to another sink after this one has seen them}
   *
   * @param next gets all outcomes
   */
  public OutcomeSink before(OutcomeSink next) {
    if (kept.length() == 0) {
      return next;
    }
    return outcome -> {
      record(outcome);
      next.record(outcome);
    };
  }

  @Override
  public void record(Outcome outcome) {
    if (!(outcome instanceof Outcome.Completed completed)) {
      return;
    }
    long number = seen.getAndIncrement();
    long slot = number < kept.length() ? number : ThreadLocalRandom.current().nextLong(number + 1);
    if (slot < kept.length()) {
      long began = System.nanoTime() - completed.totalNanos() - startNanos;
      kept.set(
          (int) slot,
          new RequestSample(
              start.plusNanos(began),
              completed.connectNanos(),
              completed.waitNanos(),
              completed.totalNanos()));
    }
  }

  /** {@return the requests kept, in no particular order} */
  public List<RequestSample> samples() {
    return IntStream.range(0, kept.length()).mapToObj(kept::get).filter(Objects::nonNull).toList();
  }
}

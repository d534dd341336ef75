package io.gb.cli.load;

import io.gb.harness.Benchmark;
import io.gb.harness.job.Uninterruptibly;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Shows the progress of a running benchmark at intervals. Owns one thread. */
final class ProgressWatch implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final Benchmark benchmark;
  private final ProgressDisplay display;
  private final Thread thread;
  private volatile boolean closed;

  ProgressWatch(Benchmark benchmark, ProgressDisplay display) {
    this.benchmark = benchmark;
    this.display = display;
    thread = Thread.ofPlatform().name("gb-progress").daemon().start(this::watch);
  }

  private void watch() {
    while (!closed) {
      display.show(benchmark.progress());
      LockSupport.parkNanos(this, INTERVAL.toNanos());
    }
    display.finish(benchmark.progress());
    display.close();
  }

  /** Shows the last state and waits for the thread to end. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    Uninterruptibly.join(thread);
  }
}

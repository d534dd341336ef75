package io.gb.harness.http.blocking;

import io.gb.harness.job.Uninterruptibly;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Enforces the deadlines of all connections from one thread, which checks each of them regularly. A
 * timer or a socket timeout for each request would cost more than the request itself; this costs a
 * request two writes to a field of its connection.
 */
final class Watchdog implements AutoCloseable {

  private static final long SHORTEST_TICK = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_TICK = TimeUnit.MILLISECONDS.toNanos(100);

  private final List<? extends BlockingConnection> connections;
  private final long tickNanos;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Creates a watchdog that is not started.
   *
   * @param connections the connections to look at
   * @param timeout the deadline of each request
   * @param onFailure is called with each unexpected error
   */
  Watchdog(
      List<? extends BlockingConnection> connections,
      Duration timeout,
      Consumer<Throwable> onFailure) {
    this.connections = connections;
    this.onFailure = onFailure;
    tickNanos = Math.clamp(timeout.toNanos() / 20, SHORTEST_TICK, LONGEST_TICK);
    thread = Thread.ofPlatform().name("gb-watchdog").daemon().unstarted(this::watch);
  }

  void start() {
    thread.start();
  }

  private void watch() {
    while (!closed) {
      try {
        LockSupport.parkNanos(this, tickNanos);
        long now = System.nanoTime();
        for (BlockingConnection connection : connections) {
          connection.expire(now);
        }
      } catch (Throwable e) {
        // Goes on: on a full heap, the first attempt to abort the connections may fail too.
        onFailure.accept(e);
      }
    }
  }

  /** Ends the thread and waits for its end. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    Uninterruptibly.join(thread);
  }
}

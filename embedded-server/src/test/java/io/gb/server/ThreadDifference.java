package io.gb.server;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Which threads have come since a moment and stayed. */
final class ThreadDifference {

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();

  private ThreadDifference() {}

  static ThreadDifference fromNow() {
    return new ThreadDifference();
  }

  /** The threads that have come and do not end within {@code linger}, counted for all together. */
  Set<Thread> stillAliveAfter(Duration linger) throws InterruptedException {
    long deadline = System.nanoTime() + linger.toNanos();
    Set<Thread> alive = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread)) {
        long left = Math.max(0, deadline - System.nanoTime());
        if (!thread.join(Duration.ofNanos(left))) {
          alive.add(thread);
        }
      }
    }
    return alive;
  }
}

package io.gb.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run early when a signal shuts this JVM down, and delays the shutdown until the report is
 * printed. Owns a shutdown hook, which {@link #close} removes.
 */
public final class InterruptHook implements AutoCloseable {

  private final CountDownLatch reported = new CountDownLatch(1);
  private final Thread hook;

  /**
   * Registers the hook.
   *
   * @param stop ends the run; called on the thread of the hook, and may block for a few seconds
   * @param patience how long the shutdown then waits for {@link #close}
   */
  public InterruptHook(Runnable stop, Duration patience) {
    hook =
        Thread.ofPlatform()
            .name("gb-interrupt")
            .unstarted(() -> {
              stop.run();
              awaitReport(patience);
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void awaitReport(Duration patience) {
    try {
      boolean _ = reported.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets a shutdown that waits go on, since the report is printed, and removes the hook. */
  @Override
  public void close() {
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down, so the hook has run or is running.
    }
  }
}

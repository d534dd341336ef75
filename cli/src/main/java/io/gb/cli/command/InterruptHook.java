package io.gb.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns a signal into the end of a run, and holds the JVM back until the report is printed. */
public final class InterruptHook implements AutoCloseable {

  private final CountDownLatch reported = new CountDownLatch(1);
  private final Thread hook;

  /**
   * Begins to listen.
   *
   * @param stop makes the run end; may take a few seconds
   * @param patience how long the report may take after that
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

  /** Says that the report is printed, and stops listening. */
  @Override
  public void close() {
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook is what made the run end.
    }
  }
}

package io.gb.harness.load;

import java.util.concurrent.CompletableFuture;

/** The one-time signal that ends a run before its jobs are done. Thread-safe; never blocks. */
public final class StopSignal {

  private final CompletableFuture<EndReason> reason = new CompletableFuture<>();

  /**
   * Asks the run to end; only the first reason counts.
   *
   * @param why the reason
   */
  public void stop(EndReason why) {
    reason.complete(why);
  }

  /** Returns a future that is completed with the reason once the run is asked to end. */
  public CompletableFuture<EndReason> reason() {
    return reason;
  }
}

package io.gb.harness.load;

import java.util.concurrent.CompletableFuture;

/** The signal that ends a run early, given at most once. Thread-safe; never waits. */
public final class StopSignal {

  private final CompletableFuture<EndReason> reason = new CompletableFuture<>();

  /**
   * Asks the run to end; only the first reason counts.
   *
   * @param why the reason
   * @return the reason that counts
   */
  public EndReason stop(EndReason why) {
    reason.complete(why);
    return reason.join();
  }

  /** Returns a future that is completed with the reason once the run is asked to end. */
  public CompletableFuture<EndReason> reason() {
    return reason;
  }
}

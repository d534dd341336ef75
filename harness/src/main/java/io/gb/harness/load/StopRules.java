package io.gb.harness.load;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a run early because of its failures: at the first failure to receive a response, or when
 * nothing but failures has come from the start. Thread-safe; neither blocks nor allocates.
 */
public final class StopRules {

  private final LoadConfig load;
  private final CompletableFuture<EndReason> stop;
  private final AtomicInteger failuresAtFirst = new AtomicInteger();
  private volatile boolean succeeded;

  /**
   * Creates rules that have seen no outcome.
   *
   * @param load which rules hold
   * @param stop is completed when the run should end
   */
  public StopRules(LoadConfig load, CompletableFuture<EndReason> stop) {
    this.load = load;
    this.stop = stop;
  }

  /**
   * {@return a sink that records an outcome in another sink, and then applies these rules to it}
   *
   * @param next gets all outcomes
   */
  public OutcomeSink before(OutcomeSink next) {
    return outcome -> {
      next.record(outcome);
      apply(outcome);
    };
  }

  private void apply(Outcome outcome) {
    if (!(outcome instanceof Outcome.Failed failed)) {
      if (!succeeded) {
        succeeded = true;
      }
    } else if (load.stopOnReceiveError() && failed.kind() == ErrorKind.RECEIVE) {
      stop.complete(EndReason.RECEIVE_ERROR);
    } else if (!succeeded && failuresAtFirst.incrementAndGet() == load.giveUpAfter()) {
      stop.complete(EndReason.GAVE_UP);
    }
  }
}

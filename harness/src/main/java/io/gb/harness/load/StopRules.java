package io.gb.harness.load;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a run early because of its failures: at the first failure to receive a response, or when
 * nothing but failures has come from the start. Thread-safe; neither blocks nor allocates.
 */
public final class StopRules {

  private final LoadConfig load;
  private final StopSignal stop;
  private final AtomicInteger failuresAtFirst = new AtomicInteger();
  private volatile boolean succeeded;

  /**
   * Creates rules that have seen no outcome.
   *
   * @param load which rules hold
   * @param stop is triggered when the run should end
   */
  public StopRules(LoadConfig load, StopSignal stop) {
    this.load = load;
    this.stop = stop;
  }

  /**
   * Puts these rules in front of a sink. An outcome is recorded before it ends the run.
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
      stop.stop(EndReason.RECEIVE_ERROR);
    } else if (!succeeded && failuresAtFirst.incrementAndGet() == load.giveUpAfter()) {
      stop.stop(EndReason.GAVE_UP);
    }
  }
}

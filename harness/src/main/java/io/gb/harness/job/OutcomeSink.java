package io.gb.harness.job;

/** Takes outcomes. Implementations are thread-safe, never block and never throw. */
@FunctionalInterface
public interface OutcomeSink {

  /**
   * Takes the outcome of one job.
   *
   * @param outcome the outcome
   */
  void record(Outcome outcome);
}

package io.gb.harness.job;

/** Takes outcomes. Implementations are thread-safe, never block and never throw. */
@FunctionalInterface
public interface OutcomeSink {

  /**
   * Takes the outcome of one job.
   *
   * @param outcome what became of it
   */
  void record(Outcome outcome);
}

package io.gb.cli.load;

import io.gb.harness.stats.Progress;

/** Shows how far a run has come. Used by one thread at a time. */
interface ProgressDisplay extends AutoCloseable {

  /** Shows the state of now. */
  void show(Progress progress);

  /** Shows the last state, after the run has ended. */
  void finish(Progress progress);

  @Override
  void close();
}

package io.gb.cli.load;

import io.gb.harness.stats.Progress;

/** Shows how far a run has come. Used by one thread at a time. */
interface ProgressDisplay extends AutoCloseable {

  /** Shows the progress so far. */
  void show(Progress progress);

  /** Shows the progress at the end of the run. */
  void finish(Progress progress);

  @Override
  void close();
}

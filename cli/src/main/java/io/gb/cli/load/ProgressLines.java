package io.gb.cli.load;

import io.gb.harness.stats.Progress;
import java.io.PrintStream;

/** ab's lines: one for each tenth of the requests, at least 100 apart, and one at the end. */
final class ProgressLines implements ProgressDisplay {

  private static final long SHORTEST_STEP = 100;

  private final PrintStream err;
  private final long step;
  private long next;

  ProgressLines(PrintStream err, long requests) {
    this.err = err;
    step = Math.max(SHORTEST_STEP, requests / 10);
    next = step;
  }

  @Override
  public void show(Progress progress) {
    while (next <= progress.ended()) {
      err.println("Completed " + next + " requests");
      next += step;
    }
  }

  @Override
  public void finish(Progress progress) {
    show(progress);
    err.println("Finished " + progress.ended() + " requests");
  }

  @Override
  public void close() {}
}

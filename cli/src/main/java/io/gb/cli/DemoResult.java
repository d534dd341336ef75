package io.gb.cli;

import io.gb.demo.Aftermath;
import io.gb.demo.Variant;
import io.gb.leaks.LeakReport;
import java.io.Serializable;

/**
 * What one variant left behind.
 *
 * @param variant which one
 * @param seconds how long its run took
 * @param baselineBytes the live heap before it
 * @param liveHeapBytes what has been added to that when it had ended
 * @param threadsLeft how many of its threads were still there
 * @param threadsProven how many of them are proven never to run again
 * @param retainedBytes what those hold, and nothing else can use
 * @param connectionsLeft how many of its connections the server still had
 * @param heap the largest classes, as text
 * @param threads the threads that were still there, as text
 * @param proof the proof, as text
 */
record DemoResult(
    Variant variant,
    double seconds,
    long baselineBytes,
    long liveHeapBytes,
    int threadsLeft,
    int threadsProven,
    long retainedBytes,
    long connectionsLeft,
    String heap,
    String threads,
    String proof)
    implements Serializable {

  private static final int TOP = 10;

  /** Sums up an aftermath; only the server knows how many connections are left. */
  static DemoResult of(Variant variant, Aftermath aftermath) {
    LeakReport report = aftermath.report();
    return new DemoResult(
        variant,
        aftermath.time().toNanos() / 1e9,
        aftermath.liveHeapBefore(),
        aftermath.liveHeapAfter() - aftermath.liveHeapBefore(),
        aftermath.threadsLeft().size(),
        report.proven().size(),
        report.leakedBytes(),
        0,
        report.heapText(TOP),
        report.threadsText(),
        report.proofText());
  }

  DemoResult withConnectionsLeft(long connections) {
    return new DemoResult(
        variant,
        seconds,
        baselineBytes,
        liveHeapBytes,
        threadsLeft,
        threadsProven,
        retainedBytes,
        connections,
        heap,
        threads,
        proof);
  }

  /** Whether nothing is left. */
  boolean isClean() {
    return threadsLeft == 0 && threadsProven == 0 && connectionsLeft == 0;
  }

  /**
   * Whether just the leak was found that was made: a proof for each of so many threads, or, of idle
   * connections, a thread and so many connections. No proof can blame those: a thread with a timer
   * looks after them, and it will run again.
   */
  boolean isCaught(int workers) {
    return variant == Variant.IDLE_CONNECTIONS
        ? threadsLeft > 0 && connectionsLeft == workers
        : threadsProven == workers;
  }
}

package io.gb.cli.demo;

import io.gb.demo.Aftermath;
import io.gb.demo.Variant;
import io.gb.leaks.LeakReport;
import io.gb.leaks.report.LeakText;
import java.io.Serializable;
import java.util.Locale;

/**
 * What one variant left behind.
 *
 * @param variant which one
 * @param seconds how long its run took
 * @param baselineBytes the live heap before it
 * @param liveHeapBytes the live heap when it had ended
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

  /** What the fix of the post left. */
  private static final long MOST_ADDED_BYTES = 200_000;

  private static final int TOP = 10;

  /** Sums up an aftermath; only the server knows how many connections are left. */
  static DemoResult of(Variant variant, Aftermath aftermath) {
    LeakReport report = aftermath.report();
    return new DemoResult(
        variant,
        aftermath.time().toNanos() / 1e9,
        aftermath.liveHeapBefore(),
        aftermath.liveHeapAfter(),
        aftermath.threadsLeft().size(),
        report.proven().size(),
        report.leakedBytes(),
        0,
        LeakText.heap(report, TOP),
        LeakText.threads(report),
        LeakText.proof(report));
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

  /** Whether nothing is left, and the heap is as it was but for what the JVM does for itself. */
  boolean isClean() {
    return threadsLeft == 0
        && threadsProven == 0
        && connectionsLeft == 0
        && addedBytes() <= MOST_ADDED_BYTES;
  }

  /**
   * Whether just the leak was found that was made: a proof for each of so many threads, or, of idle
   * connections, the thread that looks after so many. No proof can blame that one: it has a timer,
   * and will run again.
   */
  boolean isCaught(int workers) {
    return switch (variant) {
      case UNCLOSED ->
          threadsLeft == workers && threadsProven == workers && connectionsLeft == workers;
      case ABANDONED_RESULT -> threadsLeft == workers && threadsProven == workers;
      case IDLE_CONNECTIONS -> threadsLeft == 1 && connectionsLeft == workers;
      default -> false;
    };
  }

  /** What the run has added to the live heap, in bytes; negative if it is smaller than before. */
  long addedBytes() {
    return liveHeapBytes - baselineBytes;
  }

  /** The figures that count, in one line. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "%d threads left, %d of them proven, %d connections left, %.2f MB added",
        threadsLeft,
        threadsProven,
        connectionsLeft,
        addedBytes() / 1e6);
  }
}

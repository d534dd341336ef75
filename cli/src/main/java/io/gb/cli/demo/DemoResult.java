package io.gb.cli.demo;

import io.gb.demo.Aftermath;
import io.gb.demo.Variant;
import io.gb.leaks.LeakReport;
import io.gb.leaks.report.LeakText;
import java.io.Serializable;
import java.util.Locale;

/**
 * What the run of one variant has left behind.
 *
 * @param variant the variant
 * @param seconds how long the run took
 * @param baselineBytes size of the live heap before the run
 * @param liveHeapBytes size of the live heap after it
 * @param threadsLeft number of its threads that were still alive
 * @param threadsProven number of those that are proven never to run again
 * @param retainedBytes retained size of the proven ones
 * @param connectionsLeft number of its connections that were still open at the server
 * @param heap the largest classes, as text
 * @param threads the threads that were still alive, as text
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

  /** What the fix of 2013 left. */
  private static final long MOST_ADDED_BYTES = 200_000;

  private static final int TOP = 10;

  /** The result without {@code connectionsLeft}, which only the server knows. */
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

  /** Whether nothing is left, except what the JVM itself adds to the heap. */
  boolean isClean() {
    return threadsLeft == 0
        && threadsProven == 0
        && connectionsLeft == 0
        && addedBytes() <= MOST_ADDED_BYTES;
  }

  /**
   * Whether exactly the expected leak was found: a proof for each worker or, for idle connections,
   * the thread that watches them, which cannot be proven, since a timer will wake it.
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

  /** Growth of the live heap in bytes; negative if it has shrunk. */
  long addedBytes() {
    return liveHeapBytes - baselineBytes;
  }

  /** The figures of {@link #isClean} and {@link #isCaught}, in one line. */
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

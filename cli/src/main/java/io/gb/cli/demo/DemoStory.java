package io.gb.cli.demo;

import io.gb.demo.ThreadKind;
import io.gb.demo.Variant;
import java.io.PrintStream;
import java.util.Formatter;
import java.util.Locale;

/** Prints what two variants have left behind, in the four steps of the article of 2013. */
final class DemoStory {

  private final Formatter out;

  DemoStory(PrintStream to) {
    out = new Formatter((Appendable) to, Locale.ROOT);
  }

  /** Announces the two runs. */
  void begin(Variant leaky, Variant fix, ThreadKind threads, int workers, int requests) {
    out.format(
        "%,d requests for 10k.dat by %d workers on %s threads, twice, each time in a fresh JVM:%n"
            + "first %s, then %s.%n%n",
        requests, workers, threads.label(), leaky.label(), fix.label());
  }

  /** The first three steps: the heap, the stacks, the proof. */
  void leak(DemoResult leaky) {
    out.format(
        "1. The run has ended after %.1f s, the garbage is collected, and %s more are alive than"
            + " before it.%n%n%s%n",
        leaky.seconds(), size(leaky.addedBytes()), leaky.heap());
    out.format(
        "2. The heap does not say why. These threads were started by the run and are still alive;%n"
            + "   the server still has %d of its connections.%n%n%s%n",
        leaky.connectionsLeft(), leaky.threads());
    if (leaky.threadsProven() > 0) {
      out.format("3. Can anything ever wake them? No:%n%n%s%n", leaky.proof());
    } else {
      out.format(
          "3. Can anything ever wake them? A timer will, so a leak cannot be proven here: compare%n"
              + "   which threads are left. %s%n",
          leaky.proof());
    }
  }

  /** The fourth step: the fix, and both runs side by side. */
  void fix(DemoResult leaky, DemoResult fixed) {
    out.format("4. The fix: %s%n%n", fix(fixed.variant()));
    row("", leaky.variant().label(), fixed.variant().label(), "ratio");
    row(
        "live heap added",
        size(leaky.addedBytes()),
        size(fixed.addedBytes()),
        ratio(leaky.addedBytes(), fixed.addedBytes()));
    row("threads left", leaky.threadsLeft(), fixed.threadsLeft());
    row("  proven never to run", leaky.threadsProven(), fixed.threadsProven());
    row("connections left", leaky.connectionsLeft(), fixed.connectionsLeft());
    row(
        "held by leaked threads",
        size(leaky.retainedBytes()),
        size(fixed.retainedBytes()),
        ratio(leaky.retainedBytes(), fixed.retainedBytes()));
    if (leaky.variant() == Variant.UNCLOSED) {
      row("the article of 2013, heap", "8.6 MB", "0.2 MB", "43");
    }
  }

  private void row(String name, long leaky, long fixed) {
    row(name, Long.toString(leaky), Long.toString(fixed), ratio(leaky, fixed));
  }

  private void row(String name, String leaky, String fixed, String ratio) {
    String line = String.format(Locale.ROOT, "%-26s %20s %20s %10s", name, leaky, fixed, ratio);
    out.format("%s%n", line.stripTrailing());
  }

  private static String ratio(long leaky, long fixed) {
    return fixed <= 0 ? "" : String.format(Locale.ROOT, "%.0f", (double) leaky / fixed);
  }

  private static String fix(Variant fixed) {
    return switch (fixed) {
      case CLOSE -> "jobs.close() after the last job.";
      case POISON -> "one job for each worker that makes it end.";
      case INTERRUPT -> "worker.interrupt() for each worker after the last job is done.";
      case STRUCTURED -> "try (sender; scope; jobs) { ... }: leaving the block closes all three.";
      case BUFFERED_RESULT -> "new ArrayBlockingQueue<>(1) in place of new SynchronousQueue<>().";
      case CLOSED_CONNECTIONS -> "sender.close() after the last worker.";
      case UNCLOSED, ABANDONED_RESULT, IDLE_CONNECTIONS ->
          throw new IllegalArgumentException(fixed + " is not a fix");
    };
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
  }
}

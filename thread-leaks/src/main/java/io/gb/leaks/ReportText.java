package io.gb.leaks;

import io.gb.leaks.proof.ClassUsage;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** Renders a part of a report for people: the heap, the threads or the proof. Used once. */
final class ReportText {

  private static final int FRAMES = 20;

  private final LeakReport report;
  private final Formatter out = new Formatter(new StringBuilder(), Locale.ROOT);

  ReportText(LeakReport report) {
    this.report = report;
  }

  /** What takes the heap: the largest classes. */
  String heap(int top) {
    long total = report.liveHeapBytes();
    out.format("Live heap: %s in %d classes\n", size(total), report.classes().size());
    out.format("%10s %6s %6s %10s %6s  %s\n", "flat", "flat%", "sum%", "leaked", "leak%", "class");
    long sum = 0;
    for (ClassUsage usage : report.classes().stream().limit(top).toList()) {
      sum += usage.bytes();
      out.format(
          "%10s %6s %6s %10s %6s  %s\n",
          size(usage.bytes()),
          percent(usage.bytes(), total),
          percent(sum, total),
          size(usage.leakedBytes()),
          percent(usage.leakedBytes(), total),
          usage.className());
    }
    return out.toString();
  }

  /** All threads, in groups. */
  String threads() {
    out.format("Threads: %d\n", report.threads().size());
    for (Verdict verdict : Verdict.values()) {
      for (List<ThreadFinding> group : ThreadGroups.of(report.with(verdict))) {
        out.format("  %-9s %s\n", verdict, ThreadGroups.describe(group));
        if (verdict == Verdict.UNKNOWN) {
          out.format("            because %s\n", group.get(0).reason());
        }
      }
    }
    return out.toString();
  }

  /** Which threads are leaked, why, what they hold, and what that rests on. */
  String proof() {
    List<ThreadFinding> proven = report.proven();
    if (proven.isEmpty()) {
      out.format("No thread is proven to be leaked.\n");
    } else {
      out.format(
          "%d %s can never run again and %s %s that nothing else can use:\n",
          proven.size(),
          proven.size() == 1 ? "thread" : "threads",
          proven.size() == 1 ? "holds" : "hold",
          size(report.leakedBytes()));
      groups(proven);
      long shared = report.leakedBytes() - ThreadGroups.bytes(proven);
      if (shared > 0) {
        out.format("  several of these groups share %s\n", size(shared));
      }
    }
    List<ThreadFinding> interruptible = report.with(Verdict.LEAKED_UNLESS_INTERRUPTED);
    if (!interruptible.isEmpty()) {
      out.format("%d can only end by an interrupt:\n", interruptible.size());
      groups(interruptible);
    }
    if (!report.assumptions().isEmpty()) {
      out.format(
          "This holds for %s, under these assumptions:\n",
          report.samples() > 1 ? "two samples that agree" : "one sample, not confirmed by another");
      report.assumptions().forEach(assumption -> out.format("  %s\n", assumption));
    }
    return out.toString();
  }

  private void groups(List<ThreadFinding> threads) {
    for (List<ThreadFinding> group : ThreadGroups.of(threads)) {
      ThreadFinding first = group.get(0);
      out.format("  %s\n", ThreadGroups.describe(group));
      out.format("    %s\n", first.reason());
      if (!first.blocker().isEmpty()) {
        out.format("    waits for a %s\n", first.blocker());
      }
      long together = first.sharedBytes();
      out.format("    holds %s", size(ThreadGroups.bytes(group)));
      out.format("%s\n", together == 0 ? "" : ", " + size(together) + " of it by several of them");
      first.stack().stream().limit(FRAMES).forEach(frame -> out.format("      at %s\n", frame));
    }
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f%%", whole == 0 ? 0 : 100.0 * part / whole);
  }

  private static String size(long bytes) {
    if (bytes < 10_000) {
      return bytes + " B";
    }
    return bytes < 10_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}

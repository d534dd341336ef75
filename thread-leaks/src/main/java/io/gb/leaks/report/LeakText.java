package io.gb.leaks.report;

import static io.gb.text.ForeignText.line;

import io.gb.leaks.LeakReport;
import io.gb.leaks.proof.ClassUsage;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** Renders a report as text, for people. Each text ends with a line feed. */
public final class LeakText {

  private static final int FRAMES = 20;

  private LeakText() {}

  /**
   * {@return a whole report: its heap, its threads and its proof}
   *
   * @param report which one
   * @param top how many classes to list
   */
  public static String of(LeakReport report, int top) {
    return String.join("\n", heap(report, top), threads(report), proof(report));
  }

  /**
   * {@return what takes the heap: the largest classes}
   *
   * @param report of which JVM
   * @param top how many classes to list
   */
  public static String heap(LeakReport report, int top) {
    Formatter out = new Formatter(Locale.ROOT);
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
          line(usage.className()));
    }
    return out.toString();
  }

  /**
   * {@return the list of all threads; those of one kind are in one line}
   *
   * @param report of which JVM
   */
  public static String threads(LeakReport report) {
    Formatter out = new Formatter(Locale.ROOT);
    out.format("Threads: %d\n", report.threads().size());
    for (Verdict verdict : Verdict.values()) {
      for (List<ThreadFinding> kind : ThreadKinds.of(report.with(verdict))) {
        out.format("  %-9s %s\n", verdict, ThreadKinds.describe(kind));
        if (verdict == Verdict.UNKNOWN || verdict == Verdict.PROBABLY_LEAKED) {
          out.format("            because %s\n", line(kind.get(0).reason()));
        }
      }
    }
    return out.toString();
  }

  /**
   * {@return which threads are leaked, why, what they hold, and what the proof rests on}
   *
   * @param report of which JVM
   */
  public static String proof(LeakReport report) {
    Formatter out = new Formatter(Locale.ROOT);
    List<ThreadFinding> proven = report.proven();
    List<ThreadFinding> probable = report.with(Verdict.PROBABLY_LEAKED);
    if (proven.isEmpty()) {
      out.format("No thread is proven to be leaked.\n");
    }
    forEver(out, report, proven, "can never run again and");
    forEver(out, report, probable, (probable.size() == 1 ? "is" : "are") + " probably leaked and");
    List<ThreadFinding> interruptible = report.with(Verdict.LEAKED_UNLESS_INTERRUPTED);
    if (!interruptible.isEmpty()) {
      out.format("%d can only end by an interrupt:\n", interruptible.size());
      kinds(out, interruptible);
    }
    if (!report.assumptions().isEmpty()) {
      out.format(
          "This holds for %s, under these assumptions:\n",
          report.samples() > 1 ? "two samples that agree" : "one sample, not confirmed by another");
      report.assumptions().forEach(assumption -> out.format("  %s\n", assumption));
    }
    return out.toString();
  }

  private static void forEver(
      Formatter out, LeakReport report, List<ThreadFinding> threads, String what) {
    if (threads.isEmpty()) {
      return;
    }
    boolean one = threads.size() == 1;
    out.format(
        "%d %s %s %s %s that nothing else can use:\n",
        threads.size(),
        one ? "thread" : "threads",
        what,
        one ? "holds" : "hold",
        size(report.leakedBytes()));
    kinds(out, threads);
    long shared = report.leakedBytes() - ThreadKinds.bytes(threads);
    if (shared > 0) {
      out.format("  several of these groups share %s\n", size(shared));
    }
  }

  /**
   * {@return all that is known about one thread}
   *
   * @param thread which one
   */
  public static String thread(ThreadFinding thread) {
    StringBuilder text = new StringBuilder();
    text.append(line(thread.name())).append(" #").append(thread.id());
    text.append(thread.virtual() ? " virtual " : " ").append(thread.state()).append('\n');
    text.append("  ")
        .append(thread.verdict())
        .append(": ")
        .append(line(thread.reason()))
        .append('\n');
    if (!thread.blocker().isEmpty()) {
      text.append("  waits for a ").append(line(thread.blocker())).append('\n');
    }
    if (thread.verdict().isLeak()) {
      text.append("  holds ").append(thread.retainedBytes()).append(" bytes, and ");
      text.append(thread.sharedBytes()).append(" with others of its kind\n");
    }
    thread.path().forEach(step -> text.append("  reached by ").append(line(step)).append('\n'));
    thread.stack().forEach(frame -> text.append("    at ").append(line(frame)).append('\n'));
    return text.toString();
  }

  private static void kinds(Formatter out, List<ThreadFinding> threads) {
    for (List<ThreadFinding> kind : ThreadKinds.of(threads)) {
      ThreadFinding first = kind.get(0);
      out.format("  %s\n", ThreadKinds.describe(kind));
      out.format("    %s\n", line(first.reason()));
      if (!first.blocker().isEmpty()) {
        out.format("    waits for a %s\n", line(first.blocker()));
      }
      long together = first.sharedBytes();
      out.format("    holds %s", size(ThreadKinds.bytes(kind)));
      out.format("%s\n", together == 0 ? "" : ", " + size(together) + " of it by several of them");
      first.stack().stream()
          .limit(FRAMES)
          .forEach(frame -> out.format("      at %s\n", line(frame)));
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

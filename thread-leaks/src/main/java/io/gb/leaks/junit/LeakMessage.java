package io.gb.leaks.junit;

import static io.gb.text.ForeignText.line;

import io.gb.leaks.LeakReport;
import io.gb.leaks.SeenThread;
import io.gb.leaks.junit.NoThreadLeaks.Mode;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders the message of a test that fails because it has left threads behind. */
final class LeakMessage {

  private LeakMessage() {}

  static String of(
      String test,
      Mode mode,
      List<SeenThread> left,
      List<ThreadFinding> found,
      @Nullable LeakReport report) {
    Map<Long, ThreadFinding> findings = new HashMap<>();
    found.forEach(thread -> findings.put(thread.id(), thread));
    StringBuilder text = new StringBuilder(test).append(" left ");
    text.append(left.size()).append(left.size() == 1 ? " thread" : " threads").append(" behind");
    if (mode != Mode.CENSUS) {
      text.append(", ").append(count(found, Verdict.LEAKED)).append(" of them for ever");
      long probable = count(found, Verdict.PROBABLY_LEAKED);
      text.append(probable == 0 ? "" : ", " + probable + " probably for ever");
      List<String> undecided =
          left.stream()
              .map(thread -> undecided(findings.get(thread.id())))
              .filter(reason -> !reason.isEmpty())
              .toList();
      if (!undecided.isEmpty()) {
        text.append(", ").append(undecided.size()).append(" undecided: ").append(undecided.get(0));
      }
    }
    for (SeenThread thread : left) {
      ThreadFinding finding = findings.get(thread.id());
      text.append("\n  ").append(thread.name().isEmpty() ? "(unnamed)" : line(thread.name()));
      text.append(" #").append(thread.id()).append(thread.virtual() ? " virtual " : " ");
      text.append(thread.state());
      if (!thread.creator().isEmpty()) {
        text.append("\n    runs what ").append(line(thread.creator())).append(" gave it");
      }
      if (finding != null) {
        text.append("\n    ").append(finding.verdict()).append(": ").append(line(finding.reason()));
        if (finding.verdict().isLeak()) {
          text.append("\n    holds ").append(finding.retainedBytes()).append(" bytes");
          if (finding.sharedBytes() > 0) {
            text.append(", and ").append(finding.sharedBytes()).append(" with others of its kind");
          }
        }
        finding.path().forEach(step -> text.append("\n    reached by ").append(line(step)));
      }
      thread.stack().forEach(frame -> text.append("\n      at ").append(line(frame)));
    }
    if (report != null && found.stream().anyMatch(thread -> thread.verdict().isForEver())) {
      text.append("\n  This holds for ").append(report.samples()).append(" samples, if");
      report.assumptions().forEach(sentence -> text.append("\n    ").append(sentence));
    }
    return text.toString();
  }

  private static long count(List<ThreadFinding> found, Verdict verdict) {
    return found.stream().filter(thread -> thread.verdict() == verdict).count();
  }

  /** Why the proof does not know of a thread whether it is leaked; empty if it does. */
  private static String undecided(@Nullable ThreadFinding thread) {
    if (thread == null) {
      return "the heap dump does not show the thread";
    }
    return thread.verdict() == Verdict.UNKNOWN ? line(thread.reason()) : "";
  }
}

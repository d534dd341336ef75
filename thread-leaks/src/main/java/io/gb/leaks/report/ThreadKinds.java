package io.gb.leaks.report;

import static io.gb.text.ForeignText.line;

import io.gb.leaks.dump.Frame;
import io.gb.leaks.proof.ThreadFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists threads that differ only in the numbers in their names as one. */
final class ThreadKinds {

  /** How many frames to show. */
  private static final int FRAMES = 4;

  private ThreadKinds() {}

  /** The threads of each kind; the kinds are in the order of their first threads. */
  static List<List<ThreadFinding>> of(List<ThreadFinding> threads) {
    Map<ThreadFinding.Kind, List<ThreadFinding>> kinds = new LinkedHashMap<>();
    for (ThreadFinding thread : threads) {
      kinds.computeIfAbsent(thread.kind(), k -> new ArrayList<>()).add(thread);
    }
    return List.copyOf(kinds.values());
  }

  /** What all threads of some kinds retain, without what several kinds share. */
  static long bytes(List<ThreadFinding> threads) {
    long bytes = 0;
    for (List<ThreadFinding> kind : of(threads)) {
      bytes += kind.get(0).sharedBytes();
      bytes += kind.stream().mapToLong(ThreadFinding::retainedBytes).sum();
    }
    return bytes;
  }

  /** {@code 100 × gb-worker-* WAITING at JobQueue.take ← Worker.run}. */
  static String describe(List<ThreadFinding> kind) {
    ThreadFinding first = kind.get(0);
    String name = kind.size() == 1 ? first.name() : first.kind().namePattern();
    String shown = name.isEmpty() ? "(unnamed)" : name;
    return kind.size()
        + " × "
        + line(shown)
        + (first.virtual() ? " virtual " : " ")
        + first.state()
        + " at "
        + line(place(first.stack()));
  }

  /** The top frames outside the JDK, or those of the JDK if there are no others. */
  private static String place(List<String> stack) {
    List<String> own = stack.stream().filter(frame -> !Frame.isOfJdk(frame)).toList();
    List<String> frames = own.isEmpty() ? stack : own;
    return frames.isEmpty()
        ? "?"
        : String.join(" ← ", frames.stream().limit(FRAMES).map(ThreadKinds::shortened).toList());
  }

  /** {@code JobQueue.take} for {@code io.gb.harness.job.JobQueue.take(JobQueue.java:99)}. */
  private static String shortened(String frame) {
    int end = frame.indexOf('(');
    String method = end < 0 ? frame : frame.substring(0, end);
    int dot = method.lastIndexOf('.');
    int start = dot < 0 ? -1 : method.lastIndexOf('.', dot - 1);
    return method.substring(start + 1);
  }
}

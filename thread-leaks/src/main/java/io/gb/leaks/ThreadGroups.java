package io.gb.leaks;

import io.gb.leaks.proof.ThreadFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups threads that differ in the numbers of their names only. */
final class ThreadGroups {

  /** Packages of the machinery on top of the frames that people look for. */
  private static final List<String> MACHINERY =
      List.of("java.", "jdk.", "sun.", "com.sun.", "javax.");

  private static final int FRAMES = 4;

  private ThreadGroups() {}

  /** The groups in the order in which their first threads come. */
  static List<List<ThreadFinding>> of(List<ThreadFinding> threads) {
    Map<ThreadFinding.Group, List<ThreadFinding>> groups = new LinkedHashMap<>();
    for (ThreadFinding thread : threads) {
      groups.computeIfAbsent(thread.group(), k -> new ArrayList<>()).add(thread);
    }
    return List.copyOf(groups.values());
  }

  /** What threads of whole groups retain, but for what several groups share. */
  static long bytes(List<ThreadFinding> threads) {
    long bytes = 0;
    for (List<ThreadFinding> group : of(threads)) {
      bytes += group.get(0).sharedBytes();
      bytes += group.stream().mapToLong(ThreadFinding::retainedBytes).sum();
    }
    return bytes;
  }

  /** {@code 100 × gb-worker-* WAITING at JobQueue.take ← Worker.run}. */
  static String describe(List<ThreadFinding> group) {
    ThreadFinding first = group.get(0);
    String name = group.size() == 1 ? first.name() : first.namePattern();
    String shown = name.isEmpty() ? "(unnamed)" : name;
    return group.size()
        + " × "
        + shown
        + (first.virtual() ? " virtual " : " ")
        + first.state()
        + " at "
        + place(first.stack());
  }

  /** The uppermost frames that are not the JDK's, or those of the JDK if there are no others. */
  private static String place(List<String> stack) {
    List<String> own = stack.stream().filter(frame -> !isMachinery(frame)).toList();
    List<String> frames = own.isEmpty() ? stack : own;
    return frames.isEmpty()
        ? "?"
        : String.join(" ← ", frames.stream().limit(FRAMES).map(ThreadGroups::shortened).toList());
  }

  /** Whether a frame or method is the JDK's. */
  static boolean isMachinery(String frame) {
    return MACHINERY.stream().anyMatch(frame::startsWith);
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

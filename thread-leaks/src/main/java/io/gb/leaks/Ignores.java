package io.gb.leaks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A choice of threads: those which a census passes over, or which wait for ever by design.
 *
 * @param names patterns that match a whole name
 * @param topFrames methods, {@code package.Class.method}, of the uppermost frame
 * @param anyFrames methods of any frame
 * @param creators methods in which the task of the thread is written: that of its outermost frame
 *     outside the JDK or, if this is a lambda, the one that the lambda stands in. Who has started a
 *     thread the JVM does not record
 */
public record Ignores(
    List<Pattern> names, List<String> topFrames, List<String> anyFrames, List<String> creators) {

  /** Copies the lists. */
  public Ignores {
    names = List.copyOf(names);
    topFrames = List.copyOf(topFrames);
    anyFrames = List.copyOf(anyFrames);
    creators = List.copyOf(creators);
  }

  /** No threads at all. */
  public static Ignores none() {
    return new Ignores(List.of(), List.of(), List.of(), List.of());
  }

  /** The threads that the JDK and its tools start for themselves. */
  public static Ignores system() {
    return new Ignores(
        List.of(
            Pattern.compile("Attach Listener|Common-Cleaner|process reaper.*|Signal Dispatcher"),
            Pattern.compile("ForkJoinPool\\.commonPool-.*|CompletableFutureDelayScheduler"),
            Pattern.compile(
                "VirtualThread-un.*|SubPoller-.*|(Read|Write|Master)-?Poller.*|JFR .*|RMI .*")),
        List.of(),
        List.of(),
        List.of());
  }

  /** The same, and threads whose whole name matches a pattern. */
  public Ignores andName(String pattern) {
    List<Pattern> more = new ArrayList<>(names);
    more.add(Pattern.compile(pattern));
    return new Ignores(more, topFrames, anyFrames, creators);
  }

  /** The same, and threads whose uppermost frame is that method. */
  public Ignores andTopFrame(String method) {
    List<String> more = new ArrayList<>(topFrames);
    more.add(method);
    return new Ignores(names, more, anyFrames, creators);
  }

  /** The same, and threads with that method in any frame. */
  public Ignores andAnyFrame(String method) {
    List<String> more = new ArrayList<>(anyFrames);
    more.add(method);
    return new Ignores(names, topFrames, more, creators);
  }

  /** The same, and threads whose task is written in that method. */
  public Ignores andCreator(String method) {
    List<String> more = new ArrayList<>(creators);
    more.add(method);
    return new Ignores(names, topFrames, anyFrames, more);
  }

  /** Whether a thread is passed over. */
  public boolean covers(String name, List<String> stack) {
    return names.stream().anyMatch(pattern -> pattern.matcher(name).matches())
        || (!stack.isEmpty() && topFrames.stream().anyMatch(method -> isAt(stack.get(0), method)))
        || anyFrames.stream()
            .anyMatch(method -> stack.stream().anyMatch(frame -> isAt(frame, method)))
        || creators.contains(Creator.of(stack));
  }

  private static boolean isAt(String frame, String method) {
    return Creator.withoutModule(frame).startsWith(method + "(");
  }
}

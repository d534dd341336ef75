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
 */
public record Ignores(List<Pattern> names, List<String> topFrames, List<String> anyFrames) {

  /** Copies the lists. */
  public Ignores {
    names = List.copyOf(names);
    topFrames = List.copyOf(topFrames);
    anyFrames = List.copyOf(anyFrames);
  }

  /** No threads at all. */
  public static Ignores none() {
    return new Ignores(List.of(), List.of(), List.of());
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
        List.of());
  }

  /** The same, and threads whose whole name matches a pattern. */
  public Ignores andName(String pattern) {
    List<Pattern> more = new ArrayList<>(names);
    more.add(Pattern.compile(pattern));
    return new Ignores(more, topFrames, anyFrames);
  }

  /** The same, and threads whose uppermost frame is that method. */
  public Ignores andTopFrame(String method) {
    List<String> more = new ArrayList<>(topFrames);
    more.add(method);
    return new Ignores(names, more, anyFrames);
  }

  /** The same, and threads with that method in any frame. */
  public Ignores andAnyFrame(String method) {
    List<String> more = new ArrayList<>(anyFrames);
    more.add(method);
    return new Ignores(names, topFrames, more);
  }

  /** Whether a thread is passed over. */
  public boolean covers(String name, List<String> stack) {
    return names.stream().anyMatch(pattern -> pattern.matcher(name).matches())
        || (!stack.isEmpty() && topFrames.stream().anyMatch(method -> isAt(stack.get(0), method)))
        || anyFrames.stream()
            .anyMatch(method -> stack.stream().anyMatch(frame -> isAt(frame, method)));
  }

  private static boolean isAt(String frame, String method) {
    // Frames of named modules stand behind their module: java.base/java.lang.Thread.run(...).
    return frame.substring(frame.indexOf('/') + 1).startsWith(method + "(");
  }
}

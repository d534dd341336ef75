package io.gb.leaks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Chooses threads: those that a census ignores, or those that wait for ever by design. Immutable.
 *
 * @param names patterns that match a whole name
 * @param topFrames methods, {@code package.Class.method}, of the top frame
 * @param anyFrames methods, {@code package.Class.method}, of any frame
 * @param creators methods, {@code package.Class.method}, in which the task of a thread is written:
 *     the method of its outermost frame outside the JDK or, if that is a lambda, the method that
 *     contains the lambda. The JVM does not record who has started a thread
 */
public record ThreadFilter(
    List<Pattern> names, List<String> topFrames, List<String> anyFrames, List<String> creators) {

  /** Copies the lists. */
  public ThreadFilter {
    names = List.copyOf(names);
    topFrames = List.copyOf(topFrames);
    anyFrames = List.copyOf(anyFrames);
    creators = List.copyOf(creators);
  }

  /** {@return a filter that chooses no thread} */
  public static ThreadFilter none() {
    return new ThreadFilter(List.of(), List.of(), List.of(), List.of());
  }

  /** {@return a filter that chooses the threads that the JDK and its tools start for themselves} */
  public static ThreadFilter system() {
    return none()
        .andName("Attach Listener|Common-Cleaner|process reaper.*|Signal Dispatcher")
        .andName("ForkJoinPool\\.commonPool-.*|CompletableFutureDelayScheduler")
        .andName("VirtualThread-un.*|SubPoller-.*|(Read|Write|Master)-?Poller.*|JFR .*|RMI .*");
  }

  /**
   * {@return a filter that chooses more threads, by their names}
   *
   * @param pattern a regular expression that the whole name of a thread must match
   * @throws java.util.regex.PatternSyntaxException if it is none
   */
  public ThreadFilter andName(String pattern) {
    return new ThreadFilter(with(names, Pattern.compile(pattern)), topFrames, anyFrames, creators);
  }

  /**
   * {@return a filter that chooses more threads, by their top frames}
   *
   * @param method {@code package.Class.method}
   */
  public ThreadFilter andTopFrame(String method) {
    return new ThreadFilter(names, with(topFrames, method), anyFrames, creators);
  }

  /**
   * {@return a filter that chooses more threads, by any of their frames}
   *
   * @param method {@code package.Class.method}
   */
  public ThreadFilter andAnyFrame(String method) {
    return new ThreadFilter(names, topFrames, with(anyFrames, method), creators);
  }

  /**
   * {@return a filter that chooses more threads, by where their tasks are written; see {@link
   * #creators}}
   *
   * @param method {@code package.Class.method}
   */
  public ThreadFilter andCreator(String method) {
    return new ThreadFilter(names, topFrames, anyFrames, with(creators, method));
  }

  private static <T> List<T> with(List<T> list, T one) {
    List<T> more = new ArrayList<>(list);
    more.add(one);
    return more;
  }

  /**
   * {@return whether a thread is chosen}
   *
   * @param name its name
   * @param stack its frames as stack traces show them, the top one first
   */
  public boolean covers(String name, List<String> stack) {
    return names.stream().anyMatch(pattern -> pattern.matcher(name).matches())
        || (!stack.isEmpty() && isAtAny(stack.get(0), topFrames))
        || stack.stream().anyMatch(frame -> isAtAny(frame, anyFrames))
        || creators.contains(Creator.of(stack));
  }

  private static boolean isAtAny(String frame, List<String> methods) {
    return methods.stream()
        .anyMatch(method -> Creator.withoutModule(frame).startsWith(method + "("));
  }
}

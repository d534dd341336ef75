package io.gb.leaks.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists all threads of this JVM but those of the JVM itself. No method of the JDK enumerates
 * virtual threads; the thread dump of HotSpot shows them from JDK 21 on, unless {@code
 * jdk.trackAllThreads} is off.
 */
public final class AllThreads {

  /**
   * Makes a value of what is known about a thread.
   *
   * @param <T> the type of the value
   */
  @FunctionalInterface
  public interface Maker<T> {

    /**
     * {@return the value for a thread}
     *
     * @param id the thread's {@link Thread#getId()}
     * @param name its name, empty for most virtual threads
     * @param virtual whether it is a virtual thread
     * @param state the name of its {@link Thread.State}, or empty if this JDK does not tell
     * @param stack its frames, the top one first
     */
    T make(long id, String name, boolean virtual, String state, List<String> stack);
  }

  /** {@code #34 "name" virtual WAITING 2026-01-31T12:00:00Z}; JDK 21 to 24 end at "virtual". */
  private static final Pattern VIRTUAL =
      Pattern.compile("#([0-9]+) \"(.*)\" virtual(?: ([A-Z_]+).*)?", Pattern.DOTALL);

  private static final Pattern HEADER = Pattern.compile("#[0-9]+ \"");

  /** The first line of a header whose name goes on in the next line. */
  private static final Pattern CUT =
      Pattern.compile("#[0-9]+ \"(?!.*\"(?: [^\"]*)?$).*", Pattern.DOTALL);

  private AllThreads() {}

  /**
   * {@return the threads that are alive now}
   *
   * @param <T> the type of the elements
   * @param maker makes an element of the list
   * @throws UncheckedIOException if a thread dump cannot be written or read
   */
  public static <T> List<T> list(Maker<T> maker) {
    List<T> threads = new ArrayList<>();
    Set<Long> platform = new HashSet<>();
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      Thread thread = entry.getKey();
      ThreadGroup group = thread.getThreadGroup();
      if (group != null && !isOfTheJvm(group)) {
        List<String> stack =
            Arrays.stream(entry.getValue()).map(StackTraceElement::toString).toList();
        long id = id(thread);
        platform.add(id);
        threads.add(maker.make(id, thread.getName(), false, thread.getState().name(), stack));
      }
    }
    addVirtual(threads, platform, maker);
    return threads;
  }

  @SuppressWarnings("deprecation") // threadId() came with 19.
  private static long id(Thread thread) {
    return thread.getId();
  }

  private static boolean isOfTheJvm(ThreadGroup group) {
    return group.getParent() == null
        || group.getName().equals("InnocuousThreadGroup")
        || group.getName().equals("CarrierThreads");
  }

  private static <T> void addVirtual(List<T> threads, Set<Long> platform, Maker<T> maker) {
    List<String> lines = lines();
    int i = 0;
    while (i < lines.size()) {
      String first = lines.get(i++);
      while (CUT.matcher(first).matches()
          && i < lines.size()
          && !HEADER.matcher(lines.get(i)).lookingAt()) {
        first += "\n" + lines.get(i++);
      }
      Matcher header = VIRTUAL.matcher(first);
      if (header.matches() && !platform.contains(Long.parseLong(header.group(1)))) {
        List<String> stack = new ArrayList<>();
        while (i < lines.size() && lines.get(i).startsWith(" ")) {
          String line = lines.get(i++).strip();
          if (!line.startsWith("- ")) { // a lock
            stack.add(line.startsWith("at ") ? line.substring("at ".length()) : line);
          }
        }
        String state = Objects.requireNonNullElse(header.group(3), "");
        threads.add(
            maker.make(Long.parseLong(header.group(1)), header.group(2), true, state, stack));
      }
    }
  }

  private static List<String> lines() {
    try {
      return ThisJvm.threadDump("TEXT_PLAIN", lines -> lines.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

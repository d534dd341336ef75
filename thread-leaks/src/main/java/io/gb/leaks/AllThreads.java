package io.gb.leaks;

import io.gb.leaks.dump.ThreadDumper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All threads of this JVM but those of the JVM itself. No method enumerates virtual threads; the
 * thread dump of HotSpot shows them from JDK 21 on, unless {@code jdk.trackAllThreads} is off.
 */
final class AllThreads {

  /** {@code #34 "name" virtual WAITING 2026-01-31T12:00:00Z}; JDK 21 to 24 end at "virtual". */
  private static final Pattern VIRTUAL =
      Pattern.compile("#([0-9]+) \"(.*)\" virtual(?: ([A-Z_]+).*)?", Pattern.DOTALL);

  private static final Pattern HEADER = Pattern.compile("#[0-9]+ \"");

  /** A header whose name has not come to its end. */
  private static final Pattern CUT =
      Pattern.compile("#[0-9]+ \"(?!.*\"(?: [^\"]*)?$).*", Pattern.DOTALL);

  private AllThreads() {}

  static List<SeenThread> now() {
    List<SeenThread> threads = new ArrayList<>();
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      Thread thread = entry.getKey();
      ThreadGroup group = thread.getThreadGroup();
      if (group != null && !isOfTheJvm(group)) {
        threads.add(
            new SeenThread(
                id(thread),
                thread.getName(),
                false,
                thread.getState().name(),
                Arrays.stream(entry.getValue()).map(StackTraceElement::toString).toList()));
      }
    }
    addVirtual(threads);
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

  private static void addVirtual(List<SeenThread> threads) {
    Set<Long> platform = new HashSet<>();
    threads.forEach(thread -> platform.add(thread.id()));
    List<String> lines = threadDump();
    int i = 0;
    while (i < lines.size()) {
      String first = lines.get(i++);
      // A name may have several lines.
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
        @Nullable String state = header.group(3);
        threads.add(
            new SeenThread(
                Long.parseLong(header.group(1)),
                header.group(2),
                true,
                state == null ? "" : state,
                stack));
      }
    }
  }

  private static List<String> threadDump() {
    try {
      return ThreadDumper.dump(ThreadDumper.Format.PLAIN, lines -> lines.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

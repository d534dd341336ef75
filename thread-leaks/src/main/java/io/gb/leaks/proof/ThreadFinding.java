package io.gb.leaks.proof;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What was found out about one thread.
 *
 * @param name its name, empty for most virtual threads
 * @param id its {@link Thread#getId()}
 * @param virtual whether it is a virtual thread
 * @param daemon whether it is a daemon; virtual threads are
 * @param state its state, as {@link Thread.State} names them
 * @param verdict what is known of it
 * @param reason why, in a line
 * @param blocker the class of the object that it waits for, or empty
 * @param retainedBytes what it alone keeps in memory: what neither a live thread nor another leaked
 *     one reaches. 0 if it is not a leak, or was not asked for
 * @param sharedBytes what several threads of its group keep in memory together and nobody else
 *     reaches, the same for each of the group; see {@link #group}. 0 if it is not a leak, or was
 *     not asked for
 * @param stack its frames, the top one first
 * @param path for a live one that waits: who could wake it, from a root to the thread, a step each
 */
public record ThreadFinding(
    String name,
    long id,
    boolean virtual,
    boolean daemon,
    String state,
    Verdict verdict,
    String reason,
    String blocker,
    long retainedBytes,
    long sharedBytes,
    List<String> stack,
    List<String> path) {

  /** What threads of one group have in common. */
  public record Group(String namePattern, String state, Verdict verdict, List<String> stack) {

    /** Copies the list. */
    public Group {
      stack = List.copyOf(stack);
    }
  }

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** Copies the lists. */
  public ThreadFinding {
    stack = List.copyOf(stack);
    path = List.copyOf(path);
  }

  /** The same with another verdict. */
  public ThreadFinding withVerdict(Verdict other, String why) {
    return new ThreadFinding(
        name,
        id,
        virtual,
        daemon,
        state,
        other,
        why,
        blocker,
        other.isLeak() ? retainedBytes : 0,
        other.isLeak() ? sharedBytes : 0,
        stack,
        path);
  }

  /** The same with other sizes. */
  ThreadFinding retaining(long alone, long withGroup) {
    return new ThreadFinding(
        name, id, virtual, daemon, state, verdict, reason, blocker, alone, withGroup, stack, path);
  }

  /** The same without what it keeps together with others. */
  public ThreadFinding withoutShared() {
    return retaining(retainedBytes, 0);
  }

  /** Threads that differ in the numbers of their names only are of one group. */
  public Group group() {
    return new Group(namePattern(), state, verdict, stack);
  }

  /** The name with each number replaced by a star. */
  public String namePattern() {
    return NUMBER.matcher(name).replaceAll("*");
  }
}

package io.gb.leaks.proof;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What was found out about one thread.
 *
 * @param name its name, empty for most virtual threads
 * @param id its {@link Thread#getId()}
 * @param virtual whether it is a virtual thread
 * @param daemon whether it is a daemon thread; virtual threads are
 * @param state the name of its {@link Thread.State}
 * @param verdict whether it is leaked
 * @param reason why, in one line without a full stop
 * @param blocker the class of the object that it waits for, or empty
 * @param retainedBytes the bytes that this thread alone keeps in memory: what neither a live thread
 *     nor another leaked one reaches. 0 if it is not leaked, or if this was not asked for
 * @param sharedBytes the bytes that several threads of its {@link #kind} keep in memory together
 *     and that no other thread reaches; the same number for each thread of the kind. 0 if it is not
 *     leaked, or if this was not asked for
 * @param stack its frames, the top one first
 * @param path for a live thread that waits: who could wake it, from a GC root to the thread, one
 *     step each; otherwise empty
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

  /**
   * What threads that a report lists together have in common.
   *
   * @param namePattern their name with each number replaced by a star
   * @param state the name of their {@link Thread.State}
   * @param verdict whether they are leaked
   * @param stack their frames, the top one first
   */
  public record Kind(String namePattern, String state, Verdict verdict, List<String> stack) {

    /** Copies the list. */
    public Kind {
      stack = List.copyOf(stack);
    }
  }

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** Copies the lists. */
  public ThreadFinding {
    stack = List.copyOf(stack);
    path = List.copyOf(path);
  }

  /**
   * {@return the same with another verdict} A thread that is no leak retains nothing.
   *
   * @param other the verdict
   * @param why the reason for it
   */
  public ThreadFinding withVerdict(Verdict other, String why) {
    return other.isLeak() ? with(other, why, retainedBytes, sharedBytes) : with(other, why, 0, 0);
  }

  /** Returns the same with other sizes. */
  ThreadFinding retaining(long alone, long withOthers) {
    return with(verdict, reason, alone, withOthers);
  }

  private ThreadFinding with(Verdict other, String why, long alone, long shared) {
    return new ThreadFinding(
        name, id, virtual, daemon, state, other, why, blocker, alone, shared, stack, path);
  }

  /** {@return the same without what it keeps in memory together with other threads} */
  public ThreadFinding withoutShared() {
    return retaining(retainedBytes, 0);
  }

  /**
   * {@return the kind of the thread: threads of one kind differ only in the numbers in their names}
   */
  public Kind kind() {
    return new Kind(NUMBER.matcher(name).replaceAll("*"), state, verdict, stack);
  }
}

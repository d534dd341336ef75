package io.gb.leaks.proof;

import java.util.List;

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
 * @param retainedBytes what it keeps in memory and no live thread can use; what several leaked
 *     threads share counts for the first of them. 0 if it is not a leak
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
    List<String> stack,
    List<String> path) {

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
        stack,
        path);
  }
}

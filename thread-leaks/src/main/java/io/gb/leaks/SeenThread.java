package io.gb.leaks;

import java.util.List;

/**
 * A thread that a census has found.
 *
 * @param id its {@link Thread#getId()}
 * @param name its name, empty for most virtual threads
 * @param virtual whether it is a virtual thread
 * @param state the name of its {@link Thread.State}, or empty if this JDK does not tell
 * @param stack its frames, the top one first
 */
public record SeenThread(long id, String name, boolean virtual, String state, List<String> stack) {

  /** Copies the list. */
  public SeenThread {
    stack = List.copyOf(stack);
  }

  /**
   * The method in which the task of the thread is written, see {@link ThreadFilter#creators}.
   *
   * @return {@code package.Class.method}, or empty if it is unknown
   */
  public String creator() {
    return Creator.of(stack);
  }
}

package io.gb.leaks;

import java.util.List;

/**
 * A thread that a census has met.
 *
 * @param id its {@link Thread#getId()}
 * @param name its name, empty for most virtual threads
 * @param virtual whether it is a virtual thread
 * @param state its state, or empty if this JDK does not tell
 * @param stack its frames, the top one first
 */
public record SeenThread(long id, String name, boolean virtual, String state, List<String> stack) {

  /** Copies the list. */
  public SeenThread {
    stack = List.copyOf(stack);
  }

  /** The method in which its task is written, see {@link Ignores#creators}; empty if unknown. */
  public String creator() {
    return Creator.of(stack);
  }
}

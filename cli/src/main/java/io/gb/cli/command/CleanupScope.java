package io.gb.cli.command;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds processes and files that must not outlive what they were made for. {@link #close} ends them
 * in reverse, and so does a signal that ends this JVM first. What cannot be ended is told in a line
 * on standard error, and changes nothing else. Thread-safe.
 */
public final class CleanupScope implements AutoCloseable {

  /** How something comes to be. */
  @FunctionalInterface
  public interface Start<T> {
    T start() throws IOException;
  }

  /** How it ends. */
  @FunctionalInterface
  public interface End<T> {
    void end(T held) throws IOException;
  }

  private record Held<T>(T what, End<T> end) {
    void release() throws IOException {
      end.end(what);
    }
  }

  private final Console console;
  private final Deque<Held<?>> held = new ArrayDeque<>();
  private boolean released;
  private final Thread hook = Thread.ofPlatform().name("gb-cleanup").unstarted(this::releaseAll);

  public CleanupScope(Console console) {
    this.console = console;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts something and holds it. A signal waits until both is done, so that nothing escapes.
   *
   * @throws IOException if it cannot be started, because all has been ended already, for example
   */
  public synchronized <T> T hold(Start<T> start, End<T> end) throws IOException {
    if (released) {
      throw new IOException("is about to end");
    }
    T what = start.start();
    held.push(new Held<>(what, end));
    return what;
  }

  /** Ends all. Does not return if a signal is ending this JVM, for nothing is to be told then. */
  @Override
  public void close() {
    releaseAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // What failed has most likely failed because of that signal.
      while (true) {
        LockSupport.park(this);
      }
    }
  }

  private synchronized void releaseAll() {
    released = true;
    while (!held.isEmpty()) {
      try {
        held.pop().release();
      } catch (IOException | RuntimeException e) {
        console.error("left behind: " + Messages.of(e));
      }
    }
  }
}

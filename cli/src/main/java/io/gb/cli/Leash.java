package io.gb.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds processes and files that must not outlive what they were made for. {@link #close} ends them
 * in reverse, and so does a signal that ends this JVM first. Thread-safe.
 */
final class Leash implements AutoCloseable {

  /** How something comes to be. */
  @FunctionalInterface
  interface Start<T> {
    T start() throws IOException;
  }

  /** How it ends. */
  @FunctionalInterface
  interface End<T> {
    void end(T held) throws IOException;
  }

  private record Held<T>(T what, End<T> end) {
    void release() throws IOException {
      end.end(what);
    }
  }

  private final Deque<Held<?>> held = new ArrayDeque<>();
  private final Thread hook = Thread.ofPlatform().name("gb-leash").unstarted(this::releaseAll);

  Leash() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts something and holds it. A signal waits until both is done, so that nothing escapes.
   *
   * @throws IOException if it cannot be started
   */
  synchronized <T> T hold(Start<T> start, End<T> end) throws IOException {
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
    try {
      while (!held.isEmpty()) {
        held.pop().release();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.gb.cli.command;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * Releases processes and temporary files in reverse order of their acquisition: in {@link #close},
 * or in a shutdown hook if a signal ends this JVM first. A resource that cannot be released is
 * reported in one line on standard error; the others are still released. Thread-safe.
 */
public final class CleanupScope implements AutoCloseable {

  /**
   * Creates a resource.
   *
   * @param <T> the type of the resource
   */
  @FunctionalInterface
  public interface Acquire<T> {

    /**
     * Creates it.
     *
     * @throws IOException if that fails; there is nothing to release then
     */
    T acquire() throws IOException;
  }

  /**
   * Releases a resource.
   *
   * @param <T> the type of the resource
   */
  @FunctionalInterface
  public interface Release<T> {

    /**
     * Releases it.
     *
     * @throws IOException if that fails
     */
    void release(T resource) throws IOException;
  }

  private record Acquired<T>(T resource, Release<T> how) {
    void release() throws IOException {
      how.release(resource);
    }
  }

  private final Console console;
  private final Deque<Acquired<?>> acquired = new ArrayDeque<>();
  private boolean released;
  private final Thread hook = Thread.ofPlatform().name("gb-cleanup").unstarted(this::releaseAll);

  /**
   * An empty scope, which registers a shutdown hook.
   *
   * @param console where failures to release are reported
   */
  public CleanupScope(Console console) {
    this.console = console;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Creates a resource and registers how to release it. The shutdown hook waits until both is done,
   * so that no resource is created and not registered.
   *
   * @return the resource
   * @throws IOException if it cannot be created, or if this scope has already released everything
   */
  public synchronized <T> T acquire(Acquire<T> acquire, Release<T> release) throws IOException {
    if (released) {
      throw new IOException("the process is shutting down");
    }
    T resource = acquire.acquire();
    acquired.push(new Acquired<>(resource, release));
    return resource;
  }

  /**
   * Releases everything and removes the shutdown hook. Does not return if this JVM is shutting
   * down: its caller would report failures that the shutdown has caused.
   */
  @Override
  public void close() {
    releaseAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down.
      while (true) {
        LockSupport.park(this);
      }
    }
  }

  private synchronized void releaseAll() {
    released = true;
    while (!acquired.isEmpty()) {
      try {
        acquired.pop().release();
      } catch (IOException | RuntimeException e) {
        console.error("cannot clean up: " + Messages.of(e));
      }
    }
  }
}

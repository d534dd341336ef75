package io.gb.leaks.corpus;

import java.lang.Thread.State;
import java.time.Duration;
import java.util.List;

/** Makes the threads of tests, and waits until they block. */
public final class Threads {

  /** What a thread does. An interrupt is one way to end. */
  @FunctionalInterface
  public interface Body {

    /** Runs once. */
    void run() throws Exception;
  }

  /** How long a thread may take to reach a state. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Threads() {}

  /** Makes a virtual thread or a daemon thread. */
  public static Thread unstarted(String name, boolean virtual, Body body) {
    Runnable task = () -> perform(body);
    if (virtual) {
      return Thread.ofVirtual().name(name).unstarted(task);
    }
    Thread thread = new Thread(task, name); // Java 17 has no builder.
    thread.setDaemon(true);
    return thread;
  }

  /** Starts a thread. */
  public static Thread start(String name, boolean virtual, Body body) {
    Thread thread = unstarted(name, virtual, body);
    thread.start();
    return thread;
  }

  /** Starts a thread and waits until it waits. */
  public static Thread startWaiting(String name, boolean virtual, Body body) {
    Thread thread = start(name, virtual, body);
    await(thread, State.WAITING);
    return thread;
  }

  /** Waits until a thread is in one of some states. */
  public static void await(Thread thread, State... states) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!List.of(states).contains(thread.getState())) {
      if (thread.getState() == State.TERMINATED || System.nanoTime() > deadline) {
        throw new AssertionError(thread + " does not block but is " + thread.getState());
      }
      Thread.onSpinWait();
    }
  }

  /** Runs it in this thread. */
  public static void perform(Body body) {
    try {
      body.run();
    } catch (InterruptedException e) {
      // The end of it.
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

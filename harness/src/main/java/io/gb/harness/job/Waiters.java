package io.gb.harness.job;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Threads that wait until something is so, which others make so without a lock. Telling the waiters
 * costs one volatile read if there are none. Thread-safe.
 */
final class Waiters {

  /*
   * A waiter lines up, which counts it in, and then looks; whoever changes something publishes the
   * change first and reads the count afterwards. All of it is volatile, so one of the two sees the
   * other and no wake-up is lost.
   *
   * Whoever wakes a waiter takes it out of the line and tells it so. The woken one needs no lock to
   * go on: with a condition each would have to get the lock first, one after the other, and a close
   * would take as many switches of threads in a row.
   *
   * While one waiter is being woken, the flag spares the others the lock: whoever finds it set
   * published before the woken one clears it, and that one looks after clearing it. So it is set
   * for a waiter that was told only, and one that was told looks, even if it was interrupted too.
   */

  /** How often a waiter looks before it lines up and looks again. */
  static final int LOOKS = Runtime.getRuntime().availableProcessors() > 1 ? 4 : 0;

  private static final int PAUSES_BEFORE_A_LOOK = 32;

  private static final class Waiter {
    final Thread thread = Thread.currentThread();

    /** It is out of the line, and whoever took it out wants it to look. */
    volatile boolean told;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Waiter> line = new ArrayDeque<>();
  private final BooleanSupplier ready;
  private volatile int count;
  private volatile boolean waking;

  /**
   * Creates waiters of which none waits yet.
   *
   * @param ready whether a waiter may go on; read from volatile state, by any thread, without
   *     blocking
   */
  Waiters(BooleanSupplier ready) {
    this.ready = ready;
  }

  /**
   * Waits until ready; the caller has to try then, and to wait again if others were faster.
   *
   * @throws InterruptedException if interrupted while waiting; another waiter gets the wake-up
   */
  void await() throws InterruptedException {
    if (!isReadySoon()) {
      park();
    }
  }

  /**
   * Looks for a few microseconds, because the others are often that near, and parking and waking
   * cost more. Seldom, because looking takes the cache lines away from those who are to change
   * them.
   */
  private boolean isReadySoon() {
    for (int look = 0; look < LOOKS; look++) {
      for (int i = 0; i < PAUSES_BEFORE_A_LOOK; i++) {
        Thread.onSpinWait();
      }
      if (ready.getAsBoolean()) {
        return true;
      }
    }
    return false;
  }

  private void park() throws InterruptedException {
    do {
      Waiter self = lineUp();
      while (!self.told && !ready.getAsBoolean()) {
        if (Thread.interrupted()) {
          if (leave(self)) {
            throw new InterruptedException();
          }
          Thread.currentThread().interrupt();
        } else {
          LockSupport.park(this);
        }
      }
      if (leave(self)) {
        return;
      }
      waking = false;
    } while (!ready.getAsBoolean());
  }

  private Waiter lineUp() {
    Waiter self = new Waiter();
    lock.lock();
    try {
      line.add(self);
      count = line.size();
    } finally {
      lock.unlock();
    }
    return self;
  }

  /** Returns false if it was told meanwhile: then it has to look. */
  private boolean leave(Waiter self) {
    if (self.told) {
      return false;
    }
    lock.lock();
    try {
      boolean inLine = line.remove(self);
      count = line.size();
      return inLine;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes a waiter, if there is one and none is being woken. Call after publishing a change. */
  void wakeOne() {
    if (count > 0 && !waking) {
      Waiter next = null;
      lock.lock();
      try {
        if (!waking) {
          next = line.poll();
          count = line.size();
        }
        if (next != null) {
          waking = true;
          next.told = true;
        }
      } finally {
        lock.unlock();
      }
      if (next != null) {
        LockSupport.unpark(next.thread);
      }
    }
  }

  /** Wakes a waiter if there is something for it, too. Call when one has passed. */
  void wakeOneIfReady() {
    if (count > 0 && !waking && ready.getAsBoolean()) {
      wakeOne();
    }
  }

  /** Wakes all waiters. Call after publishing what concerns all. */
  void wakeAll() {
    List<Waiter> all;
    lock.lock();
    try {
      all = List.copyOf(line);
      line.clear();
      count = 0;
      all.forEach(waiter -> waiter.told = true);
    } finally {
      lock.unlock();
    }
    all.forEach(waiter -> LockSupport.unpark(waiter.thread));
  }
}

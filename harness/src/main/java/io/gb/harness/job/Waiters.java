package io.gb.harness.job;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Threads that wait until something is so, which others make so without a lock. Telling the waiters
 * costs one volatile read if there are none. Thread-safe.
 */
final class Waiters {

  /*
   * A waiter counts itself in and then looks; whoever changes something publishes the change first
   * and reads the count afterwards. All of it is volatile, so one of the two sees the other and no
   * wake-up is lost.
   *
   * While one waiter is being woken, the flag spares the others the lock: whoever finds it set
   * published before the woken one clears it, and that one looks after clearing it. One that leaves
   * by an interrupt clears it too, for it may have been the one; so it looks as well, for others.
   */

  /** How often a waiter looks before it takes the lock and looks again. */
  static final int LOOKS = Runtime.getRuntime().availableProcessors() > 1 ? 4 : 0;

  private static final int PAUSES_BEFORE_A_LOOK = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wakeUp = lock.newCondition();
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
      try {
        park();
      } catch (InterruptedException e) {
        wakeOneIfReady();
        throw e;
      }
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

  @SuppressWarnings("NonAtomicVolatileUpdate") // count is written under the lock only
  private void park() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      count++;
      try {
        while (!ready.getAsBoolean()) {
          wakeUp.await();
          waking = false;
        }
      } finally {
        count--;
        waking = false;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes a waiter, if there is one and none is being woken. Call after publishing a change. */
  void wakeOne() {
    if (count > 0 && !waking) {
      lock.lock();
      try {
        if (!waking && lock.hasWaiters(wakeUp)) {
          waking = true;
          wakeUp.signal();
        }
      } finally {
        lock.unlock();
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
    lock.lock();
    try {
      wakeUp.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

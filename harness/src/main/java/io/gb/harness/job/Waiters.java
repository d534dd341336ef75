package io.gb.harness.job;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets threads wait for a condition that other threads establish without holding a lock. To wake
 * waiters costs one volatile read if there are none. Thread-safe.
 */
final class Waiters {

  /*
   * A waiter first increments the count and then checks the condition; a thread that changes the
   * condition first publishes the change and then reads the count. All of these are volatile, so at
   * least one of the two sees the other and no wake-up is lost.
   *
   * While one waiter is being woken, the flag saves other threads the lock: a thread that finds it
   * set has published its change before the woken waiter clears the flag, and that waiter checks the
   * condition after clearing it. A waiter that is interrupted clears the flag too, because it may be
   * the one that was woken; so it checks the condition on behalf of the others.
   */

  /** How often a waiter checks the condition before it takes the lock and checks again. */
  static final int LOOKS = Runtime.getRuntime().availableProcessors() > 1 ? 4 : 0;

  private static final int PAUSES_BEFORE_A_LOOK = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wakeUp = lock.newCondition();
  private final BooleanSupplier ready;
  private volatile int count;
  private volatile boolean waking;

  /**
   * Creates an instance that no thread waits on.
   *
   * @param ready the condition; evaluated by any thread, from volatile state, without blocking
   */
  Waiters(BooleanSupplier ready) {
    this.ready = ready;
  }

  /**
   * Waits for the condition. The caller must then try its operation, and wait again if another
   * thread was faster.
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
   * Checks the condition for a few microseconds, because it often holds that soon, and parking and
   * waking cost more. Pauses in between, because each check takes the cache lines away from the
   * threads that are about to change them.
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

  /** Wakes a waiter, if there is one and none is being woken. Call it after publishing a change. */
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

  /**
   * Wakes another waiter if the condition still holds. Call it after an operation has succeeded.
   */
  void wakeOneIfReady() {
    if (count > 0 && !waking && ready.getAsBoolean()) {
      wakeOne();
    }
  }

  /** Wakes all waiters. Call it after publishing a change that concerns all of them. */
  void wakeAll() {
    lock.lock();
    try {
      wakeUp.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

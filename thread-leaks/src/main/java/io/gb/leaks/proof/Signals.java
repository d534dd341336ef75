package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.HeapDump;

/**
 * What it takes to end a wait for good, other than an interrupt. The synchronizers of the JDK check
 * their state in a loop: an unpark by someone who has the thread alone sends it back to waiting. So
 * for them it takes the synchronizer itself. That of a program may check something else.
 */
final class Signals {

  private static final String JDK = "java.util.concurrent.";
  private static final String CONDITION =
      "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject";
  private static final String SYNCHRONIZER =
      "java.util.concurrent.locks.AbstractQueuedSynchronizer";

  private Signals() {}

  /** The keys without interrupts; those of the thread if that changes nothing. */
  static int[] keys(HeapDump dump, ThreadNode thread) {
    int blocker = thread.blocker;
    if (thread.carrier != null || blocker < 0) {
      return thread.keys;
    }
    if (thread.waiting == Waiting.MONITOR) {
      return new int[] {blocker};
    }
    ClassInfo c = dump.isInstance(blocker) ? dump.classOf(blocker) : null;
    if (thread.waiting != Waiting.PARKED || c == null || !c.name().startsWith(JDK)) {
      return thread.keys;
    }
    if (c.isA(CONDITION)) {
      // A signal moves the waiter to the queue of the lock, which then wakes it.
      int lock = dump.follow(blocker, "this$0");
      return lock < 0 ? thread.keys : new int[] {blocker, lock};
    }
    return c.isA(SYNCHRONIZER) ? new int[] {blocker} : thread.keys;
  }
}

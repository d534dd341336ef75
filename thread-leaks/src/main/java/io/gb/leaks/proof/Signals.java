package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.HeapDump;
import java.util.List;

/**
 * Knows which objects end a wait for good, other than by an interrupt. The synchronizers of the JDK
 * check their state in a loop: a thread that is only unparked waits again. So it takes the
 * synchronizer to end the wait. The loop of a program may check something else, so there an unpark
 * counts.
 */
final class Signals {

  private static final String JDK = "java.util.concurrent.";
  private static final String CONDITION =
      "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject";
  private static final String SYNCHRONIZER =
      "java.util.concurrent.locks.AbstractQueuedSynchronizer";

  /** What waits in other classes are blocked on; who ends such a wait reaches that object. */
  private static final List<String> OTHERS =
      List.of(
          "java.util.concurrent.CompletableFuture$Signaller",
          "java.util.concurrent.Exchanger",
          "java.util.concurrent.FutureTask",
          "java.util.concurrent.LinkedTransferQueue",
          "java.util.concurrent.LinkedTransferQueue$DualNode",
          "java.util.concurrent.Phaser$QNode",
          "java.util.concurrent.SynchronousQueue$Transferer");

  private Signals() {}

  /** The keys of a thread if nothing is interrupted; all its keys if that makes no difference. */
  static int[] keys(HeapDump dump, ThreadNode thread) {
    int blocker = thread.blocker;
    if (thread.carrier != null || blocker < 0) {
      return thread.keys;
    }
    if (thread.waiting == Waiting.MONITOR) {
      return new int[] {blocker};
    }
    ClassInfo c = dump.isInstance(blocker) ? dump.classOf(blocker) : null;
    if (c != null && thread.waiting == Waiting.PARKED && OTHERS.stream().anyMatch(c::isA)) {
      return new int[] {blocker};
    }
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

package io.gb.leaks.corpus;

import static io.gb.leaks.proof.Verdict.LIVE;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/** One leak for each primitive that can block, as in Go's own test of its leak profile. */
final class GoPrimitives {

  private GoPrimitives() {}

  /** All of them. */
  static List<Case> all() {
    return List.of(
        new Case("nilRecv", GoPrimitives::nilRecv),
        new Case("nilSend", GoPrimitives::nilSend),
        new Case("selectNoCases", GoPrimitives::selectNoCases),
        new Case("selectNoCasesMain", GoPrimitives::selectNoCasesMain),
        new Case("chanRecv", GoPrimitives::chanRecv),
        new Case("chanSend", GoPrimitives::chanSend),
        new Case("select", GoPrimitives::select),
        new Case("waitGroup", GoPrimitives::waitGroup),
        new Case("mutexStack", GoPrimitives::mutexStack),
        new Case("mutexHeap", GoPrimitives::mutexHeap),
        new Case("cond", GoPrimitives::cond),
        new Case("rwMutexRLock", GoPrimitives::rwMutexRLock),
        new Case("rwMutexLock", GoPrimitives::rwMutexLock),
        new Case("mixed", GoPrimitives::mixed));
  }

  /** Runs a body; without the fault, it is interrupted. */
  private static void play(Stage stage, String role, Threads.Body body) {
    Thread thread = stage.start(role, body);
    if (!stage.leaky()) {
      thread.interrupt();
    }
  }

  /** A channel that was never made is one that only this thread has ever seen. */
  private static void nilRecv(Stage stage) {
    play(stage, "receiver", () -> new CountDownLatch(1).await());
  }

  private static void nilSend(Stage stage) {
    play(stage, "sender", () -> new Semaphore(0).acquire());
  }

  private static void selectNoCases(Stage stage) {
    play(stage, "parked", Negatives::parkForEver);
  }

  /** Go spares its first thread; here it is spared because something that lives knows it. */
  private static void selectNoCasesMain(Stage stage) {
    stage.hold(stage.start("main", Negatives::parkForEver, LIVE));
    play(stage, "child", () -> new SynchronousQueue<String>().take());
  }

  private static void chanRecv(Stage stage) throws Exception {
    BlockingQueue<String> channel = new SynchronousQueue<>();
    stage.start("receiver", channel::take);
    if (!stage.leaky()) {
      channel.put("message");
    }
  }

  private static void chanSend(Stage stage) throws Exception {
    BlockingQueue<String> channel = new SynchronousQueue<>();
    stage.start("sender", () -> channel.put("message"));
    if (!stage.leaky()) {
      channel.take();
    }
  }

  /** Whichever of two comes first; none does. */
  private static void select(Stage stage) {
    CompletableFuture<String> sent = new CompletableFuture<>();
    CompletableFuture<String> received = new CompletableFuture<>();
    stage.start("select", () -> CompletableFuture.anyOf(sent, received).join());
    if (!stage.leaky()) {
      received.complete("message");
    }
  }

  private static void waitGroup(Stage stage) {
    Phaser group = new Phaser(1);
    stage.start("waiter", () -> group.awaitAdvance(0));
    if (!stage.leaky()) {
      group.arrive();
    }
  }

  /** Many locks that nobody else has seen. */
  private static void mutexStack(Stage stage) {
    for (int i = 1; i <= 10; i++) {
      GoShapes.lockTwice(stage, "locker-" + i);
    }
  }

  /** The locks come from other threads, which have ended. */
  private static void mutexHeap(Stage stage) {
    for (int i = 1; i <= 10; i++) {
      String role = "locker-" + i;
      stage.ends("parent-" + i, () -> GoShapes.lockTwice(stage, role));
    }
  }

  private static void cond(Stage stage) {
    ReentrantLock lock = new ReentrantLock();
    Condition condition = lock.newCondition();
    play(
        stage,
        "waiter",
        () -> {
          lock.lock();
          try {
            while (true) {
              condition.await();
            }
          } finally {
            lock.unlock();
          }
        });
  }

  private static void rwMutexRLock(Stage stage) {
    StampedLock lock = new StampedLock();
    play(
        stage,
        "reader",
        () -> {
          lock.writeLock();
          lock.readLockInterruptibly();
        });
  }

  private static void rwMutexLock(Stage stage) {
    StampedLock lock = new StampedLock();
    play(
        stage,
        "writer",
        () -> {
          lock.writeLock();
          lock.writeLockInterruptibly();
        });
  }

  /** It waits for the group before it receives, and the group waits until it has received. */
  private static void mixed(Stage stage) {
    BlockingQueue<String> channel = new SynchronousQueue<>();
    CountDownLatch group = new CountDownLatch(1);
    stage.start(
        "sender",
        () -> {
          channel.put("message");
          group.countDown();
        });
    stage.start(
        "parent",
        () -> {
          if (stage.leaky()) {
            group.await();
          }
          channel.take();
        });
  }
}

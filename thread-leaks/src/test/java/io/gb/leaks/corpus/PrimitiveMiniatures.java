package io.gb.leaks.corpus;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** Small forms of leaks of real programs around one lock or one meeting point each. */
@SuppressWarnings({ // The programs are wrong on purpose.
  "LockNotBeforeTry",
  "WaitNotInLoop",
})
final class PrimitiveMiniatures {

  private static final String END = "end";

  private PrimitiveMiniatures() {}

  /** All of them. */
  static List<Case> all() {
    return List.of(
        new Case("lockOrder", PrimitiveMiniatures::lockOrder),
        new Case("unlockForgotten", PrimitiveMiniatures::unlockForgotten),
        new Case("readThenWriteLock", PrimitiveMiniatures::readThenWriteLock),
        new Case("stampedLockTwice", PrimitiveMiniatures::stampedLockTwice),
        new Case("barrierOnePartyShort", PrimitiveMiniatures::barrierOnePartyShort),
        new Case("phaserPartyGone", PrimitiveMiniatures::phaserPartyGone),
        new Case("exchangerWithoutPartner", PrimitiveMiniatures::exchangerWithoutPartner),
        new Case("transferWithoutTaker", PrimitiveMiniatures::transferWithoutTaker),
        new Case("futureTaskNeverRun", PrimitiveMiniatures::futureTaskNeverRun),
        new Case("permitLeaked", PrimitiveMiniatures::permitLeaked),
        new Case("signalLost", PrimitiveMiniatures::signalLost));
  }

  private static void lockOrder(Stage stage) {
    ReentrantLock one = new ReentrantLock();
    ReentrantLock two = new ReentrantLock();
    CountDownLatch both = new CountDownLatch(stage.leaky() ? 2 : 1);
    stage.start("forward", () -> lockBoth(one, two, both));
    stage.start(
        "backward",
        () -> {
          if (stage.leaky()) {
            lockBoth(two, one, both);
          }
        });
  }

  private static void lockBoth(ReentrantLock first, ReentrantLock second, CountDownLatch both)
      throws InterruptedException {
    first.lock();
    try {
      both.countDown();
      both.await();
      second.lock();
      second.unlock();
    } finally {
      first.unlock();
    }
  }

  private static void unlockForgotten(Stage stage) {
    ReentrantLock lock = new ReentrantLock();
    Thread first =
        stage.ends(
            "first",
            () -> {
              lock.lock();
              if (!stage.leaky()) {
                lock.unlock();
              }
            });
    stage.start(
        "second",
        () -> {
          first.join();
          lock.lock();
        });
  }

  private static void readThenWriteLock(Stage stage) {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    stage.start(
        "upgrader",
        () -> {
          lock.readLock().lock();
          if (!stage.leaky()) {
            lock.readLock().unlock();
          }
          lock.writeLock().lock();
        });
  }

  private static void stampedLockTwice(Stage stage) {
    StampedLock lock = new StampedLock();
    stage.start(
        "writer",
        () -> {
          long stamp = lock.writeLock();
          if (!stage.leaky()) {
            lock.unlock(stamp);
          }
          lock.writeLock();
        });
  }

  private static void barrierOnePartyShort(Stage stage) {
    CyclicBarrier barrier = new CyclicBarrier(stage.leaky() ? 3 : 2);
    stage.start("left", barrier::await);
    stage.start("right", barrier::await);
  }

  private static void phaserPartyGone(Stage stage) {
    Phaser phaser = new Phaser(2);
    stage.start("party", phaser::arriveAndAwaitAdvance);
    if (!stage.leaky()) {
      phaser.arriveAndDeregister();
    }
  }

  private static void exchangerWithoutPartner(Stage stage) {
    Exchanger<String> exchanger = new Exchanger<>();
    stage.start("one", () -> exchanger.exchange("1"));
    if (!stage.leaky()) {
      stage.start("other", () -> exchanger.exchange("2"));
    }
  }

  private static void transferWithoutTaker(Stage stage) throws Exception {
    LinkedTransferQueue<String> queue = new LinkedTransferQueue<>();
    stage.start("sender", () -> queue.transfer("message"));
    if (!stage.leaky()) {
      queue.take();
    }
  }

  private static void futureTaskNeverRun(Stage stage) {
    FutureTask<String> task = new FutureTask<>(() -> END);
    stage.start("waiter", task::get);
    if (!stage.leaky()) {
      task.run();
    }
  }

  private static void permitLeaked(Stage stage) {
    Semaphore permits = new Semaphore(1);
    permits.acquireUninterruptibly();
    stage.start("caller", () -> permits.acquireUninterruptibly());
    if (!stage.leaky()) {
      permits.release();
    }
  }

  private static void signalLost(Stage stage) {
    ReentrantLock lock = new ReentrantLock();
    Condition reopened = lock.newCondition();
    Thread waiter =
        stage.start(
            "reopener",
            () -> {
              lock.lock();
              try {
                reopened.await();
              } finally {
                lock.unlock();
              }
            });
    stage.awaitBlocked(waiter);
    if (!stage.leaky()) {
      lock.lock();
      try {
        reopened.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}

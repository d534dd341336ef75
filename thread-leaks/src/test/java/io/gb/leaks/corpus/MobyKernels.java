package io.gb.leaks.corpus;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Kernels of Moby, the base of Docker. */
@SuppressWarnings("LockNotBeforeTry") // The programs are wrong on purpose.
final class MobyKernels {

  private MobyKernels() {}

  static List<Case> all() {
    return List.of(
        new Case("moby4951", MobyKernels::moby4951),
        new Case("moby7559", MobyKernels::moby7559),
        new Case("moby17176", MobyKernels::moby17176),
        new Case("moby21233", MobyKernels::moby21233),
        new Case("moby25384", MobyKernels::moby25384),
        new Case("moby27782", MobyKernels::moby27782),
        new Case("moby28462", MobyKernels::moby28462),
        new Case("moby29733", MobyKernels::moby29733),
        new Case("moby30408", MobyKernels::moby30408),
        new Case("moby33781", MobyKernels::moby33781),
        new Case("moby36114", MobyKernels::moby36114));
  }

  /** While the device goes, the lock of all devices is let go, and asked for again in between. */
  private static void moby4951(Stage stage) {
    Semaphore devices = new Semaphore(1);
    Semaphore device = new Semaphore(1);
    CountDownLatch removing = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    stage.start(
        "delete",
        () -> {
          devices.acquire();
          device.acquire();
          devices.release();
          removing.countDown();
          entered.await();
          devices.acquire();
          device.release();
          devices.release();
        });
    stage.start(
        "deleteAgain",
        () -> {
          removing.await();
          devices.acquire();
          if (!stage.leaky()) {
            devices.release();
          }
          entered.countDown();
          device.acquire();
          device.release();
        });
  }

  /** On an error it goes on with the next round and leaves out the unlock. */
  private static void moby7559(Stage stage) {
    GoShapes.lockTwice(stage, "proxy");
  }

  /** An early return leaves out the unlock. */
  private static void moby17176(Stage stage) throws Exception {
    Semaphore devices = new Semaphore(1);
    Thread first =
        stage.ends(
            "activate",
            () -> {
              devices.acquire();
              if (!stage.leaky()) {
                devices.release();
              }
            });
    first.join();
    stage.start("deactivate", devices::acquire);
  }

  /** A failed check ends the consumer of progress; the watchers and the test stay. */
  private static void moby21233(Stage stage) throws Exception {
    BlockingQueue<String> progress = new SynchronousQueue<>();
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch idleReleased = new CountDownLatch(1);
    Thread consumer =
        stage.ends(
            "consumer",
            () -> {
              progress.take();
              if (!stage.leaky()) {
                progress.take();
              }
            });
    stage.ends("watcher-1", () -> progress.put("progress")).join();
    if (stage.leaky()) {
      consumer.join();
    }
    stage.start(
        "watcher-2",
        () -> {
          progress.put("progress");
          released.await();
          ended.countDown();
        });
    stage.start("watcher-3", idleReleased::await);
    stage.start(
        "test",
        () -> {
          released.countDown();
          ended.await();
          idleReleased.countDown();
        });
  }

  /** The group counts several, and within the loop each round waits for all. */
  private static void moby25384(Stage stage) {
    CountDownLatch group = new CountDownLatch(stage.leaky() ? 2 : 1);
    stage.start(
        "init",
        () -> {
          group.countDown();
          group.await();
        });
  }

  /** To remove the watch, the reader of events waits for what only the next event brings. */
  private static void moby27782(Stage stage) {
    BlockingQueue<String> events = new SynchronousQueue<>();
    ReentrantLock lock = new ReentrantLock();
    Condition changed = lock.newCondition();
    AtomicBoolean removed = new AtomicBoolean();
    stage.start(
        "readEvents",
        () -> {
          events.put("modified");
          lock.lock();
          try {
            removed.set(true);
            changed.signalAll();
          } finally {
            lock.unlock();
          }
        });
    stage.start(
        "readLogs",
        () -> {
          if (!stage.leaky()) {
            events.take();
          }
          await(lock, changed, removed);
        });
  }

  private static void await(ReentrantLock lock, Condition condition, AtomicBoolean happened)
      throws InterruptedException {
    lock.lock();
    try {
      while (!happened.get()) {
        condition.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The monitor is told to stop under the lock that it needs for its last result. */
  private static void moby28462(Stage stage) {
    ReentrantLock container = new ReentrantLock();
    BlockingQueue<String> stop = new SynchronousQueue<>();
    CountDownLatch stopping = new CountDownLatch(1);
    stage.start(
        "stateChanged",
        () -> {
          container.lock();
          if (!stage.leaky()) {
            container.unlock();
          }
          stopping.countDown();
          stop.put("stop");
        });
    stage.start(
        "monitor",
        () -> {
          stopping.await();
          container.lock();
          container.unlock();
          stop.take();
        });
  }

  /** The plugin gets its state, but those who wait for it are not told. */
  private static void moby29733(Stage stage) {
    waitActive(stage, new CountDownLatch(1));
  }

  /** As before, and somebody waits for who waits. */
  private static void moby30408(Stage stage) {
    CountDownLatch active = new CountDownLatch(1);
    waitActive(stage, active);
    stage.start("test", active::await);
  }

  private static void waitActive(Stage stage, CountDownLatch done) {
    ReentrantLock lock = new ReentrantLock();
    Condition activated = lock.newCondition();
    AtomicBoolean active = new AtomicBoolean();
    Thread waiter =
        stage.start(
            "waitActive",
            () -> {
              await(lock, activated, active);
              done.countDown();
            });
    stage.awaitBlocked(waiter);
    active.set(true);
    if (!stage.leaky()) {
      lock.lock();
      try {
        activated.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The monitor stops and does not take the result of the probe under way. */
  private static void moby33781(Stage stage) {
    BlockingQueue<String> results = new SynchronousQueue<>();
    stage.start("probe", () -> results.put("healthy"));
    stage.ends(
        "monitor",
        () -> {
          if (!stage.leaky()) {
            results.take();
          }
        });
  }

  /** A method that locks calls another one that does. */
  private static void moby36114(Stage stage) {
    GoShapes.lockTwice(stage, "hotAdd");
  }
}

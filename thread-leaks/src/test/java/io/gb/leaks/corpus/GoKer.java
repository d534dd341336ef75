package io.gb.leaks.corpus;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/**
 * Kernels of real deadlocks in Go programs (the GoKer suite), retold in Java after their mechanism.
 * Go's locks are not re-entrant, so a semaphore of one permit or a StampedLock stands for them; an
 * unbuffered channel is a SynchronousQueue, the end of a context a CountDownLatch. What is left to
 * the scheduler there is forced by latches here.
 */
@SuppressWarnings({ // The programs are wrong on purpose.
  "CatchAndPrintStackTrace",
  "FutureReturnValueIgnored",
  "LockNotBeforeTry",
  "ModifiedButNotUsed",
  "LockOnNonEnclosingClassLiteral",
  "NarrowingCompoundAssignment",
  "NotifyWithoutChange",
  "NakedNotify",
  "ReachabilityFenceUsage",
  "SynchronizeOnNonFinalField",
  "ThreadLocalUsage",
  "UnusedVariable",
  "WaitNotInLoop"
})
public final class GoKer {

  private static final String END = "end";
  private static final int READERS = 10;

  private GoKer() {}

  /** All that are retold so far. */
  public static List<Case> all() {
    return List.of(
        new Case("cockroach584", GoKer::cockroach584),
        new Case("cockroach1462", GoKer::cockroach1462),
        new Case("cockroach2448", GoKer::cockroach2448),
        new Case("cockroach3710", GoKer::cockroach3710),
        new Case("cockroach7504", GoKer::cockroach7504),
        new Case("cockroach9935", GoKer::cockroach9935),
        new Case("cockroach10790", GoKer::cockroach10790),
        new Case("cockroach13197", GoKer::cockroach13197),
        new Case("cockroach24808", GoKer::cockroach24808),
        new Case("cockroach35073", GoKer::cockroach35073),
        new Case("etcd5509", GoKer::etcd5509),
        new Case("etcd6857", GoKer::etcd6857),
        new Case("etcd6873", GoKer::etcd6873),
        new Case("grpc660", GoKer::grpc660),
        new Case("istio16224", GoKer::istio16224),
        new Case("kubernetes5316", GoKer::kubernetes5316),
        new Case("moby17176", GoKer::moby17176),
        new Case("moby25384", GoKer::moby25384),
        new Case("moby29733", GoKer::moby29733),
        new Case("syncthing5795", GoKer::syncthing5795));
  }

  private static void cockroach584(Stage stage) {
    Semaphore lock = new Semaphore(1);
    stage.start(
        "gossip",
        () -> {
          lock.acquire();
          if (!stage.leaky()) {
            lock.release(); // The break out of the loop passed it by.
          }
          lock.acquire();
          return null;
        });
  }

  private static void cockroach1462(Stage stage) throws Exception {
    SynchronousQueue<String> events = new SynchronousQueue<>();
    CountDownLatch workers = new CountDownLatch(1);
    stage.start(
        "worker",
        () -> {
          events.put("event");
          workers.countDown();
          return null;
        });
    stage.start(
        "stopper",
        () -> {
          workers.await();
          return null;
        });
    if (!stage.leaky()) {
      events.take();
    }
  }

  private static void cockroach2448(Stage stage) throws Exception {
    SynchronousQueue<String> one = new SynchronousQueue<>();
    SynchronousQueue<String> other = new SynchronousQueue<>();
    stage.start(
        "raft",
        () -> {
          one.put("callback");
          return other.take();
        });
    stage.start(
        "store",
        () -> {
          if (stage.leaky()) {
            other.put("event");
            return one.take();
          }
          String callback = one.take();
          other.put("event");
          return callback;
        });
  }

  /** Go's RWMutex: a waiting writer keeps later readers out. A fair semaphore does the same. */
  private static void cockroach3710(Stage stage) throws Exception {
    Semaphore lock = new Semaphore(READERS, true);
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch queued = new CountDownLatch(1);
    stage.start(
        "reader",
        () -> {
          lock.acquire();
          read.countDown();
          queued.await();
          if (!stage.leaky()) {
            lock.release();
          }
          lock.acquire();
          lock.release();
          return null;
        });
    read.await();
    Thread writer =
        stage.start(
            "writer",
            () -> {
              lock.acquire(READERS);
              lock.release(READERS);
              return null;
            });
    stage.awaitBlocked(writer);
    queued.countDown();
  }

  private static void cockroach7504(Stage stage) {
    Semaphore lease = new Semaphore(1);
    Semaphore names = new Semaphore(1);
    CountDownLatch both = new CountDownLatch(stage.leaky() ? 2 : 1);
    stage.start("acquire", () -> inOrder(lease, names, both));
    stage.start("release", () -> stage.leaky() ? inOrder(names, lease, both) : END);
  }

  private static String inOrder(Semaphore first, Semaphore second, CountDownLatch both)
      throws InterruptedException {
    first.acquire();
    both.countDown();
    both.await();
    second.acquire();
    second.release();
    first.release();
    return END;
  }

  private static void cockroach9935(Stage stage) {
    Semaphore mutex = new Semaphore(1);
    stage.start(
        "logger",
        () -> {
          mutex.acquire();
          if (stage.leaky()) {
            mutex.acquire(); // The exit path takes it again.
          }
          mutex.release();
          return null;
        });
  }

  private static void cockroach10790(Stage stage) throws Exception {
    BlockingQueue<String> results = new ArrayBlockingQueue<>(1);
    for (int i = 0; i < 3; i++) {
      stage.start("receiver-" + i, results::take);
    }
    for (int i = 0; i < 3 && !stage.leaky(); i++) {
      results.put(END);
    }
  }

  private static void awaitDone(Stage stage, String role) {
    CountDownLatch done = new CountDownLatch(1);
    stage.start(
        role,
        () -> {
          done.await();
          return null;
        });
    if (!stage.leaky()) {
      done.countDown();
    }
  }

  private static void cockroach13197(Stage stage) {
    awaitDone(stage, "awaitDone");
  }

  private static void cockroach24808(Stage stage) throws Exception {
    BlockingQueue<String> compaction = new ArrayBlockingQueue<>(1);
    stage.start(
        "suggest",
        () -> {
          compaction.put("first");
          compaction.put("second");
          return null;
        });
    if (!stage.leaky()) {
      compaction.take();
    }
  }

  private static void cockroach35073(Stage stage) throws Exception {
    SynchronousQueue<String> rows = new SynchronousQueue<>();
    for (int i = 0; i < 2; i++) {
      stage.start(
          "sender-" + i,
          () -> {
            rows.put("row");
            return null;
          });
    }
    for (int i = 0; i < 2 && !stage.leaky(); i++) {
      rows.take();
    }
  }

  private static void etcd5509(Stage stage) throws Exception {
    StampedLock lock = new StampedLock();
    CountDownLatch failed = new CountDownLatch(1);
    stage.ends(
        "acquire",
        () -> {
          long stamp = lock.readLock();
          if (!stage.leaky()) {
            lock.unlockRead(stamp); // On an error, it returned without.
          }
          failed.countDown();
          return null;
        });
    failed.await();
    stage.start("close", lock::writeLock);
  }

  private static void etcd6857(Stage stage) throws Exception {
    SynchronousQueue<String> status = new SynchronousQueue<>();
    stage.start(
        "status",
        () -> {
          status.put("request");
          return null;
        });
    if (!stage.leaky()) {
      status.take();
    }
  }

  private static void etcd6873(Stage stage) throws Exception {
    Semaphore mutex = new Semaphore(1);
    CountDownLatch done = new CountDownLatch(1);
    mutex.acquire();
    stage.start(
        "coalesce",
        () -> {
          mutex.acquire();
          mutex.release();
          done.countDown();
          return null;
        });
    stage.start(
        "stop",
        () -> {
          if (!stage.leaky()) {
            mutex.release();
          }
          done.await();
          return null;
        });
  }

  private static void grpc660(Stage stage) throws Exception {
    SynchronousQueue<String> done = new SynchronousQueue<>();
    stage.start(
        "call",
        () -> {
          done.put(END);
          return null;
        });
    if (!stage.leaky()) {
      done.take();
    }
  }

  private static void istio16224(Stage stage) throws Exception {
    Semaphore mutex = new Semaphore(1);
    SynchronousQueue<String> notify = new SynchronousQueue<>();
    CountDownLatch locked = new CountDownLatch(1);
    stage.start(
        "update",
        () -> {
          mutex.acquire();
          if (!stage.leaky()) {
            mutex.release();
          }
          locked.countDown();
          notify.put("config");
          return null;
        });
    locked.await();
    stage.start(
        "drain",
        () -> {
          mutex.acquire();
          mutex.release();
          return notify.take();
        });
  }

  private static void kubernetes5316(Stage stage) throws Exception {
    BlockingQueue<String> result =
        stage.leaky() ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(1);
    stage.start(
        "finishRequest",
        () -> {
          result.put(END); // The other side had timed out.
          return null;
        });
  }

  private static void moby17176(Stage stage) throws Exception {
    Semaphore devices = new Semaphore(1);
    CountDownLatch returned = new CountDownLatch(1);
    stage.ends(
        "activate",
        () -> {
          devices.acquire();
          if (!stage.leaky()) {
            devices.release();
          }
          returned.countDown();
          return null;
        });
    returned.await();
    stage.start(
        "deactivate",
        () -> {
          devices.acquire();
          return null;
        });
  }

  private static void moby25384(Stage stage) {
    CountDownLatch group = new CountDownLatch(stage.leaky() ? 2 : 1);
    stage.start(
        "init",
        () -> {
          group.countDown();
          group.await();
          return null;
        });
  }

  private static void moby29733(Stage stage) {
    ReentrantLock lock = new ReentrantLock();
    Condition activated = lock.newCondition();
    Thread waiter =
        stage.start(
            "waitActive",
            () -> {
              lock.lock();
              try {
                activated.await();
              } finally {
                lock.unlock();
              }
              return null;
            });
    stage.awaitBlocked(waiter);
    if (!stage.leaky()) {
      lock.lock();
      try {
        activated.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private static void syncthing5795(Stage stage) {
    CountDownLatch loopStopped = new CountDownLatch(1);
    stage.start(
        "dispatcher",
        () -> {
          if (!stage.leaky()) {
            loopStopped.countDown();
          }
          loopStopped.await(); // Its own end, called from within.
          loopStopped.countDown();
          return null;
        });
    stage.start(
        "closer",
        () -> {
          loopStopped.await();
          return null;
        });
  }
}

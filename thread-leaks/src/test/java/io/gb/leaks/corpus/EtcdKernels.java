package io.gb.leaks.corpus;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.StampedLock;

/** Kernels of etcd. */
final class EtcdKernels {

  private EtcdKernels() {}

  static List<Case> all() {
    return List.of(
        new Case("etcd5509", EtcdKernels::etcd5509),
        new Case("etcd6708", EtcdKernels::etcd6708),
        new Case("etcd6857", EtcdKernels::etcd6857),
        new Case("etcd6873", EtcdKernels::etcd6873),
        new Case("etcd7492", EtcdKernels::etcd7492),
        new Case("etcd7902", EtcdKernels::etcd7902),
        new Case("etcd10492", EtcdKernels::etcd10492));
  }

  /** On an error it returns with the read lock held; closing needs the write lock. */
  private static void etcd5509(Stage stage) throws Exception {
    StampedLock lock = new StampedLock();
    Thread failed =
        stage.ends(
            "acquire",
            () -> {
              long stamp = lock.readLock();
              if (!stage.leaky()) {
                lock.unlock(stamp);
              }
            });
    failed.join();
    stage.start("close", lock::writeLock);
  }

  /** Choosing the leader under the write lock asks the client, and asking takes the read lock. */
  private static void etcd6708(Stage stage) {
    StampedLock lock = new StampedLock();
    stage.start(
        "sync",
        () -> {
          long writing = lock.writeLock();
          if (!stage.leaky()) {
            lock.unlock(writing);
          }
          long reading = lock.readLock();
          lock.unlock(reading);
        });
  }

  /** The node has chosen to stop and takes no more requests for its status. */
  private static void etcd6857(Stage stage) throws Exception {
    BlockingQueue<String> requests = new SynchronousQueue<>();
    stage.start("status", () -> requests.put("request"));
    if (!stage.leaky()) {
      requests.take();
    }
  }

  /** To stop, it waits with the lock held for a thread that needs the lock to end. */
  private static void etcd6873(Stage stage) {
    Semaphore mutex = new Semaphore(1);
    CountDownLatch stopping = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    stage.start(
        "coalesce",
        () -> {
          stopping.await();
          mutex.acquire();
          mutex.release();
          done.countDown();
        });
    stage.start(
        "stop",
        () -> {
          mutex.acquire();
          if (!stage.leaky()) {
            mutex.release();
          }
          stopping.countDown();
          done.await();
        });
  }

  /** The keeper of tokens needs the lock to drop one, and who adds one to its queue holds it. */
  private static void etcd7492(Stage stage) throws Exception {
    Semaphore mutex = new Semaphore(1);
    BlockingQueue<String> tokens = new ArrayBlockingQueue<>(1);
    CountDownLatch full = new CountDownLatch(1);
    CountDownLatch assigned = new CountDownLatch(3);
    stage.start(
        "keeper",
        () -> {
          tokens.take();
          full.await();
          mutex.acquire();
          mutex.release();
          tokens.take();
          tokens.take();
        });
    Threads.Body assign =
        () -> {
          mutex.acquire();
          if (!stage.leaky()) {
            mutex.release();
          }
          tokens.put("token");
          if (stage.leaky()) {
            mutex.release();
          }
          assigned.countDown();
        };
    stage.ends("assign-1", assign).join();
    stage.ends("assign-2", assign).join();
    Thread last = stage.start("assign-3", assign);
    stage.start("test", assigned::await);
    stage.awaitBlocked(last);
    full.countDown();
  }

  /** The follower waits for the leader with the lock held that the leader needs to go on. */
  private static void etcd7902(Stage stage) {
    Semaphore mutex = new Semaphore(1);
    CountDownLatch following = new CountDownLatch(1);
    CountDownLatch next = new CountDownLatch(1);
    CountDownLatch clients = new CountDownLatch(2);
    stage.start(
        "follower",
        () -> {
          mutex.acquire();
          if (!stage.leaky()) {
            mutex.release();
          }
          following.countDown();
          next.await();
          clients.countDown();
        });
    stage.start(
        "leader",
        () -> {
          following.await();
          mutex.acquire();
          next.countDown();
          mutex.release();
          clients.countDown();
        });
    stage.start("election", clients::await);
  }

  /** Renewing a lease calls a checkpointer under the lock, and that one takes the lock. */
  private static void etcd10492(Stage stage) {
    GoShapes.lockTwice(stage, "renew");
  }
}

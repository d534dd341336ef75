package io.gb.leaks.corpus;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Kernels of Kubernetes. */
@SuppressWarnings({ // The programs are wrong on purpose.
  "LockNotBeforeTry",
  "ModifiedButNotUsed",
})
final class KubernetesKernels {

  private KubernetesKernels() {}

  static List<Case> all() {
    return List.of(
        new Case("kubernetes1321", KubernetesKernels::kubernetes1321),
        new Case("kubernetes5316", KubernetesKernels::kubernetes5316),
        new Case("kubernetes6632", KubernetesKernels::kubernetes6632),
        new Case("kubernetes10182", KubernetesKernels::kubernetes10182),
        new Case("kubernetes11298", KubernetesKernels::kubernetes11298),
        new Case("kubernetes13135", KubernetesKernels::kubernetes13135),
        new Case("kubernetes25331", KubernetesKernels::kubernetes25331),
        new Case("kubernetes26980", KubernetesKernels::kubernetes26980),
        new Case("kubernetes30872", KubernetesKernels::kubernetes30872),
        new Case("kubernetes38669", KubernetesKernels::kubernetes38669),
        new Case("kubernetes58107", KubernetesKernels::kubernetes58107),
        new Case("kubernetes62464", KubernetesKernels::kubernetes62464),
        new Case("kubernetes70277", KubernetesKernels::kubernetes70277));
  }

  /** Events go out under the lock that a watcher needs to stop watching. */
  private static void kubernetes1321(Stage stage) {
    ReentrantLock lock = new ReentrantLock();
    BlockingQueue<String> watcher = new SynchronousQueue<>();
    CountDownLatch distributing = new CountDownLatch(1);
    Thread loop =
        stage.start(
            "distribute",
            () -> {
              lock.lock();
              try {
                distributing.countDown();
                watcher.put("event");
              } finally {
                lock.unlock();
              }
            });
    stage.start(
        "stopWatching",
        () -> {
          distributing.await();
          if (!stage.leaky()) {
            loop.interrupt();
          }
          lock.lock();
          lock.unlock();
        });
  }

  /** Who waited for the result has timed out, and the channel has no room for it. */
  private static void kubernetes5316(Stage stage) {
    BlockingQueue<String> result =
        stage.leaky() ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(1);
    stage.start("finishRequest", () -> result.put("result"));
  }

  /** A frame is announced under the lock that the monitor needs before it listens no more. */
  private static void kubernetes6632(Stage stage) {
    Semaphore writeLock = new Semaphore(1);
    BlockingQueue<String> reset = new SynchronousQueue<>();
    CountDownLatch writing = new CountDownLatch(1);
    stage.start(
        "writeFrame",
        () -> {
          writeLock.acquire();
          writing.countDown();
          reset.put("frame");
          writeLock.release();
        });
    stage.start(
        "monitor",
        () -> {
          writing.await();
          if (!stage.leaky()) {
            reset.take();
          }
          writeLock.acquire();
          writeLock.release();
        });
  }

  /** The second status is sent under the lock that the receiver of the first one asks for. */
  private static void kubernetes10182(Stage stage) {
    ReentrantLock lock = new ReentrantLock();
    BlockingQueue<String> statuses = new SynchronousQueue<>();
    CountDownLatch locked = new CountDownLatch(1);
    Thread first = stage.ends("setStatus-1", () -> statuses.put("first"));
    stage.start(
        "setStatus-2",
        () -> {
          first.join();
          lock.lock();
          if (!stage.leaky()) {
            lock.unlock();
          }
          locked.countDown();
          statuses.put("second");
        });
    stage.start(
        "syncBatch",
        () -> {
          statuses.take();
          locked.await();
          lock.lock();
          lock.unlock();
          statuses.take();
        });
  }

  /** The signal is given before anybody waits for it, and the wait looks at nothing else. */
  private static void kubernetes11298(Stage stage) {
    ReentrantLock lock = new ReentrantLock();
    Condition notified = lock.newCondition();
    AtomicBoolean aborted = new AtomicBoolean();
    CountDownLatch signalled = new CountDownLatch(1);
    CountDownLatch waited = new CountDownLatch(1);
    CountDownLatch served = new CountDownLatch(1);
    stage.start(
        "waiter",
        () -> {
          signalled.await();
          lock.lock();
          try {
            while (stage.leaky() || !aborted.get()) {
              notified.await();
            }
          } finally {
            lock.unlock();
          }
          waited.countDown();
        });
    stage.start(
        "serviceLoop",
        () -> {
          lock.lock();
          try {
            aborted.set(true);
            notified.signal();
          } finally {
            lock.unlock();
          }
          signalled.countDown();
          waited.await();
          served.countDown();
        });
    stage.start("test", served::await);
  }

  private static void kubernetes13135(Stage stage) {
    GoShapes.lockOrder(stage, "startCaching", "processEvent");
  }

  /** It cancels whoever takes results, and then sends the error as a result. */
  private static void kubernetes25331(Stage stage) {
    BlockingQueue<String> errors = new SynchronousQueue<>();
    BlockingQueue<String> results = new SynchronousQueue<>();
    Thread run = stage.start("run", () -> results.put(errors.take()));
    stage.ends(
        "stop",
        () -> {
          errors.put("error");
          if (!stage.leaky()) {
            run.interrupt();
          }
        });
  }

  /** It waits with the lock held for a stop that comes only after somebody else had the lock. */
  private static void kubernetes26980(Stage stage) {
    ReentrantLock lock = new ReentrantLock();
    CountDownLatch popping = new CountDownLatch(1);
    CountDownLatch checked = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    stage.start(
        "pop",
        () -> {
          lock.lock();
          if (!stage.leaky()) {
            lock.unlock();
          }
          popping.countDown();
          stopped.await();
        });
    stage.start(
        "check",
        () -> {
          popping.await();
          lock.lock();
          lock.unlock();
          checked.countDown();
        });
    stage.start(
        "test",
        () -> {
          checked.await();
          stopped.countDown();
        });
  }

  /** Two locks in both orders, and a third thread that cannot even stop the informer. */
  private static void kubernetes30872(Stage stage) {
    Semaphore queue = new Semaphore(1);
    Semaphore informer = new Semaphore(1);
    CountDownLatch both = new CountDownLatch(stage.leaky() ? 2 : 1);
    stage.start("pop", GoShapes.inOrder(queue, informer, both));
    stage.start(
        "reconcile",
        stage.leaky()
            ? GoShapes.inOrder(informer, queue, both)
            : GoShapes.inOrder(queue, informer, both));
    stage.start(
        "stop",
        () -> {
          both.await();
          informer.acquire();
          informer.release();
        });
  }

  /** The watcher is stopped before anybody took the events that it begins with. */
  private static void kubernetes38669(Stage stage) {
    BlockingQueue<String> results =
        stage.leaky() ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(2);
    stage.start(
        "process",
        () -> {
          results.put("first");
          results.put("second");
        });
  }

  /** A worker waits for work with the read lock held; a writer queues; no worker gets in. */
  private static void kubernetes58107(Stage stage) throws Exception {
    Semaphore lock = GoShapes.readWriteLock();
    BlockingQueue<String> quotas = new LinkedBlockingQueue<>();
    Thread idle =
        stage.start(
            "idleWorker",
            () -> {
              lock.acquire();
              if (!stage.leaky()) {
                lock.release();
              }
              quotas.take();
            });
    stage.awaitBlocked(idle);
    Thread sync =
        stage.start(
            "sync",
            () -> {
              lock.acquire(GoShapes.READERS);
              lock.release(GoShapes.READERS);
            });
    if (stage.leaky()) {
      stage.awaitBlocked(sync);
    }
    stage.start(
        "busyWorker",
        () -> {
          lock.acquire();
          quotas.put("quota");
          lock.release();
        });
  }

  private static void kubernetes62464(Stage stage) throws Exception {
    GoShapes.readTwice(stage, "reconcileState", "removeContainer");
  }

  /** Whoever waited for the condition returns and does not end the poller's channel. */
  private static void kubernetes70277(Stage stage) {
    BlockingQueue<String> ticks = new SynchronousQueue<>();
    CountDownLatch done = new CountDownLatch(1);
    stage.ends("poller", () -> ticks.put("tick"));
    stage.start(
        "caller",
        () -> {
          ticks.take();
          if (!stage.leaky()) {
            done.countDown();
          }
          done.await();
        });
  }
}

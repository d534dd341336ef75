package io.gb.leaks.corpus;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;

/** Kernels of CockroachDB. */
final class CockroachKernels {

  private static final String END = "end";

  private CockroachKernels() {}

  static List<Case> all() {
    return List.of(
        new Case("cockroach584", CockroachKernels::cockroach584),
        new Case("cockroach1055", CockroachKernels::cockroach1055),
        new Case("cockroach1462", CockroachKernels::cockroach1462),
        new Case("cockroach2448", CockroachKernels::cockroach2448),
        new Case("cockroach3710", CockroachKernels::cockroach3710),
        new Case("cockroach6181", CockroachKernels::cockroach6181),
        new Case("cockroach7504", CockroachKernels::cockroach7504),
        new Case("cockroach9935", CockroachKernels::cockroach9935),
        new Case("cockroach10214", CockroachKernels::cockroach10214),
        new Case("cockroach10790", CockroachKernels::cockroach10790),
        new Case("cockroach13197", CockroachKernels::cockroach13197),
        new Case("cockroach13755", CockroachKernels::cockroach13755),
        new Case("cockroach16167", CockroachKernels::cockroach16167),
        new Case("cockroach18101", CockroachKernels::cockroach18101),
        new Case("cockroach24808", CockroachKernels::cockroach24808),
        new Case("cockroach25456", CockroachKernels::cockroach25456),
        new Case("cockroach35073", CockroachKernels::cockroach35073),
        new Case("cockroach35931", CockroachKernels::cockroach35931));
  }

  /** A break out of the loop passes the unlock by; the next round locks again. */
  private static void cockroach584(Stage stage) {
    Semaphore lock = new Semaphore(1);
    stage.start(
        "gossip",
        () -> {
          for (int round = 0; round < 2; round++) {
            lock.acquire();
            if (!stage.leaky()) {
              lock.release();
            }
          }
        });
  }

  /** Quiescing waits, with the lock held, for tasks that end only once it is over. */
  private static void cockroach1055(Stage stage) {
    Semaphore mutex = new Semaphore(1);
    CountDownLatch tasks = new CountDownLatch(1);
    CountDownLatch quiescing = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    stage.start(
        "task",
        () -> {
          if (!stage.leaky()) {
            tasks.countDown();
          }
          stopped.await();
        });
    stage.start(
        "lateTask",
        () -> {
          quiescing.await();
          mutex.acquire();
          mutex.release();
        });
    stage.start(
        "stopper",
        () -> {
          mutex.acquire();
          quiescing.countDown();
          tasks.await();
          mutex.release();
          stopped.countDown();
        });
    stage.start("caller", stopped::await);
  }

  /** The receiver of events has gone; who stops the system waits for the sender. */
  private static void cockroach1462(Stage stage) throws Exception {
    BlockingQueue<String> events = new SynchronousQueue<>();
    CountDownLatch workers = new CountDownLatch(1);
    stage.start(
        "worker",
        () -> {
          events.put("event");
          workers.countDown();
        });
    stage.start("stopper", workers::await);
    if (!stage.leaky()) {
      events.take();
    }
  }

  /** Two event loops, each about to send to the other. */
  private static void cockroach2448(Stage stage) {
    BlockingQueue<String> callbacks = new SynchronousQueue<>();
    BlockingQueue<String> events = new SynchronousQueue<>();
    stage.start(
        "raft",
        () -> {
          callbacks.put("callback");
          events.take();
        });
    stage.start(
        "store",
        () -> {
          if (stage.leaky()) {
            events.put("event");
            callbacks.take();
          } else {
            callbacks.take();
            events.put("event");
          }
        });
  }

  private static void cockroach3710(Stage stage) throws Exception {
    GoShapes.readTwice(stage, "forceRaftLogScan", "processRaft");
  }

  /** The cache is printed under its read lock, and printing it takes that lock. */
  private static void cockroach6181(Stage stage) throws Exception {
    CountDownLatch lookups = GoShapes.readTwice(stage, "lookup", "insert");
    stage.start("test", lookups::await);
  }

  private static void cockroach7504(Stage stage) {
    GoShapes.lockOrder(stage, "acquireLease", "releaseLease");
  }

  /** On the way out, the logger takes the lock that it holds. */
  private static void cockroach9935(Stage stage) {
    GoShapes.lockTwice(stage, "outputLogEntry");
  }

  /** Heartbeats are sent under the lock of the queue; a tick queues one under the others. */
  private static void cockroach10214(Stage stage) {
    Semaphore coalesced = new Semaphore(1);
    Semaphore raft = new Semaphore(1);
    Semaphore replica = new Semaphore(1);
    CyclicBarrier both = new CyclicBarrier(2);
    stage.start(
        "sendQueuedHeartbeats",
        () -> {
          coalesced.acquire();
          both.await();
          if (!stage.leaky()) {
            coalesced.release();
          }
          raft.acquire();
          raft.release();
        });
    stage.start(
        "tick",
        () -> {
          raft.acquire();
          replica.acquire();
          both.await();
          coalesced.acquire();
          coalesced.release();
          replica.release();
          raft.release();
        });
  }

  /** Commands were begun, the context ends, and nobody sends what their receivers wait for. */
  private static void cockroach10790(Stage stage) throws Exception {
    BlockingQueue<String> results = new ArrayBlockingQueue<>(1);
    for (int i = 0; i < 3; i++) {
      stage.start("receiver-" + i, results::take);
    }
    for (int i = 0; i < 3 && !stage.leaky(); i++) {
      results.put(END);
    }
  }

  /** Nobody commits the transaction or rolls it back. */
  private static void cockroach13197(Stage stage) {
    GoShapes.awaitDone(stage, "transaction");
  }

  /** Nobody closes the rows. */
  private static void cockroach13755(Stage stage) {
    GoShapes.awaitDone(stage, "rows");
  }

  /** The lock of the condition is the read half of the lock that the statement takes again. */
  private static void cockroach16167(Stage stage) throws Exception {
    GoShapes.readTwice(stage, "execute", "updateSystemConfig");
  }

  /** Cancelling ends the receiver alone. */
  private static void cockroach18101(Stage stage) {
    BlockingQueue<String> ready = new ArrayBlockingQueue<>(6);
    Thread sender =
        stage.start(
            "splitAndScatter",
            () -> {
              for (int i = 0; i < 8; i++) {
                ready.put("span");
              }
            });
    stage.ends(
        "restore",
        () -> {
          ready.take();
          if (!stage.leaky()) {
            sender.interrupt();
          }
        });
  }

  /** The consumer is started only after the second suggestion, and the queue holds one. */
  private static void cockroach24808(Stage stage) throws Exception {
    BlockingQueue<String> suggestions = new ArrayBlockingQueue<>(1);
    stage.start(
        "suggest",
        () -> {
          suggestions.put("first");
          suggestions.put("second");
        });
    if (!stage.leaky()) {
      suggestions.take();
    }
  }

  /** The queue waits for a stopper that the test forgot to stop. */
  private static void cockroach25456(Stage stage) {
    GoShapes.awaitDone(stage, "consistencyQueue");
  }

  /** On its first error the consumer goes without closing the channel of rows. */
  private static void cockroach35073(Stage stage) throws Exception {
    BlockingQueue<String> rows = new SynchronousQueue<>();
    for (int i = 0; i < 2; i++) {
      stage.start("sender-" + i, () -> rows.put("row"));
    }
    for (int i = 0; i < 2 && !stage.leaky(); i++) {
      rows.take();
    }
  }

  /** To cancel a flow, it tells each stream, beginning with the one that is full. */
  private static void cockroach35931(Stage stage) throws Exception {
    BlockingQueue<String> left = new ArrayBlockingQueue<>(1);
    BlockingQueue<String> right = new ArrayBlockingQueue<>(1);
    left.put("row");
    stage.start(
        "cancel",
        () -> {
          for (BlockingQueue<String> stream : List.of(left, right)) {
            if (stage.leaky()) {
              stream.put("cancelled");
            } else {
              stream.offer("cancelled");
            }
          }
        });
  }
}

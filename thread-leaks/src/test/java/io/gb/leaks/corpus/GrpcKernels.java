package io.gb.leaks.corpus;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Kernels of gRPC for Go. */
@SuppressWarnings("LockNotBeforeTry") // The programs are wrong on purpose.
final class GrpcKernels {

  private static final String END = "end";

  private GrpcKernels() {}

  static List<Case> all() {
    return List.of(
        new Case("grpc660", GrpcKernels::grpc660),
        new Case("grpc795", GrpcKernels::grpc795),
        new Case("grpc862", GrpcKernels::grpc862),
        new Case("grpc1275", GrpcKernels::grpc1275),
        new Case("grpc1424", GrpcKernels::grpc1424),
        new Case("grpc1460", GrpcKernels::grpc1460),
        new Case("grpc3017", GrpcKernels::grpc3017));
  }

  /** The benchmark has returned; the call that it started still wants to say that it is done. */
  private static void grpc660(Stage stage) throws Exception {
    BlockingQueue<String> done = new SynchronousQueue<>();
    stage.start("call", () -> done.put(END));
    if (!stage.leaky()) {
      done.take();
    }
  }

  /** A second graceful stop locks where it should unlock. */
  private static void grpc795(Stage stage) {
    Semaphore mutex = new Semaphore(1);
    CountDownLatch stoppedOnce = new CountDownLatch(1);
    CountDownLatch locked = new CountDownLatch(1);
    stage.start(
        "stop",
        () -> {
          mutex.acquire();
          stoppedOnce.countDown();
          mutex.release();

          mutex.acquire();
          locked.countDown();
          if (stage.leaky()) {
            mutex.acquire();
          }
          mutex.release();
        });
    stage.start(
        "serve",
        () -> {
          stoppedOnce.await();
          locked.await();
          mutex.acquire();
          mutex.release();
        });
  }

  /** Dialling fails and returns no connection, so nobody closes the one that was begun. */
  private static void grpc862(Stage stage) {
    GoShapes.awaitDone(stage, "resetTransport");
  }

  /** Closing a stream sends nothing to its reader; the closer loses patience, the reader cannot. */
  private static void grpc1275(Stage stage) {
    BlockingQueue<String> received = new ArrayBlockingQueue<>(1);
    CountDownLatch done = new CountDownLatch(1);
    stage.start(
        "reader",
        () -> {
          received.take();
          done.countDown();
        });
    stage.ends(
        "closer",
        () -> {
          if (!stage.leaky()) {
            received.put(END);
          }
          boolean inTime = done.await(1, TimeUnit.NANOSECONDS);
          if (inTime && stage.leaky()) {
            throw new AssertionError("the reader cannot be done");
          }
        });
  }

  /** The watcher returns at the end of its addresses and does not say that it is done. */
  private static void grpc1424(Stage stage) throws Exception {
    BlockingQueue<String> addresses = new ArrayBlockingQueue<>(1);
    CountDownLatch done = new CountDownLatch(1);
    stage.ends(
        "watcher",
        () -> {
          addresses.take();
          if (!stage.leaky()) {
            done.countDown();
          }
        });
    stage.start("dial", done::await);
    addresses.put(END);
  }

  /** Who keeps the connection alive sleeps with the lock held that a new stream needs. */
  private static void grpc1460(Stage stage) {
    ReentrantLock lock = new ReentrantLock();
    BlockingQueue<String> awaken = new ArrayBlockingQueue<>(1);
    CountDownLatch idle = new CountDownLatch(1);
    stage.start(
        "keepalive",
        () -> {
          lock.lock();
          if (!stage.leaky()) {
            lock.unlock();
          }
          idle.countDown();
          awaken.take();
        });
    stage.start(
        "newStream",
        () -> {
          idle.await();
          lock.lock();
          awaken.offer("stream");
          lock.unlock();
        });
  }

  /** A timer that comes too late returns with the lock held. */
  private static void grpc3017(Stage stage) {
    Semaphore mutex = new Semaphore(1);
    CountDownLatch aborted = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread late =
        stage.ends(
            "lateTimer",
            () -> {
              aborted.await();
              mutex.acquire();
              if (!stage.leaky()) {
                mutex.release();
              }
            });
    stage.start(
        "nextTimer",
        () -> {
          late.join();
          mutex.acquire();
          mutex.release();
        });
    stage.start(
        "cache",
        () -> {
          mutex.acquire();
          aborted.countDown();
          mutex.release();
          late.join();
          mutex.acquire();
          mutex.release();
          done.countDown();
        });
    stage.start("test", done::await);
  }
}

package io.gb.leaks.corpus;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** What several kernels have in common. */
final class GoShapes {

  /** More than any kernel has. */
  static final int READERS = 10;

  private GoShapes() {}

  /**
   * A lock where a writer that waits keeps later readers out: a permit to read, all to write, and
   * first come, first served. The JDK's own read-write locks let a reader in again.
   */
  static Semaphore readWriteLock() {
    return new Semaphore(READERS, true);
  }

  /** Takes two locks; whoever else counts holds one too before the second is asked for. */
  static Threads.Body inOrder(Semaphore first, Semaphore second, CountDownLatch both) {
    return () -> {
      first.acquire();
      both.countDown();
      both.await();
      second.acquire();
      second.release();
      first.release();
    };
  }

  /** Two threads that take the same two locks, the second one in the other order. */
  static void lockOrder(Stage stage, String forward, String backward) {
    Semaphore one = new Semaphore(1);
    Semaphore other = new Semaphore(1);
    CountDownLatch both = new CountDownLatch(stage.leaky() ? 2 : 1);
    stage.start(forward, inOrder(one, other, both));
    stage.start(backward, stage.leaky() ? inOrder(other, one, both) : inOrder(one, other, both));
  }

  /**
   * A reader asks for its read lock again, and a writer has queued in between: the writer waits for
   * the reader, the reader for the writer before it.
   *
   * @return counts both when they are done
   */
  static CountDownLatch readTwice(Stage stage, String reader, String writer) throws Exception {
    Semaphore lock = readWriteLock();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch queued = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(2);
    stage.start(
        reader,
        () -> {
          lock.acquire();
          reading.countDown();
          queued.await();
          if (!stage.leaky()) {
            lock.release();
          }
          lock.acquire();
          lock.release();
          done.countDown();
        });
    reading.await();
    Thread writes =
        stage.start(
            writer,
            () -> {
              lock.acquire(READERS);
              lock.release(READERS);
              done.countDown();
            });
    stage.awaitBlocked(writes);
    queued.countDown();
    return done;
  }

  /** Waits for the end of something that nobody ends. */
  static void awaitDone(Stage stage, String role) {
    CountDownLatch done = new CountDownLatch(1);
    stage.start(role, done::await);
    if (!stage.leaky()) {
      done.countDown();
    }
  }

  /** Takes a lock again that it holds already. */
  static void lockTwice(Stage stage, String role) {
    Semaphore mutex = new Semaphore(1);
    stage.start(
        role,
        () -> {
          mutex.acquire();
          if (!stage.leaky()) {
            mutex.release();
          }
          mutex.acquire();
          mutex.release();
        });
  }
}

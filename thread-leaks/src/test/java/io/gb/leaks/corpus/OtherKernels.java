package io.gb.leaks.corpus;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.StampedLock;

/** Kernels of Hugo, Istio, Knative Serving and Syncthing. */
final class OtherKernels {

  private OtherKernels() {}

  static List<Case> all() {
    return List.of(
        new Case("hugo3251", OtherKernels::hugo3251),
        new Case("hugo5379", OtherKernels::hugo5379),
        new Case("istio16224", OtherKernels::istio16224),
        new Case("istio17860", OtherKernels::istio17860),
        new Case("istio18454", OtherKernels::istio18454),
        new Case("serving2137", OtherKernels::serving2137),
        new Case("syncthing4829", OtherKernels::syncthing4829),
        new Case("syncthing5795", OtherKernels::syncthing5795));
  }

  /** A lock for each address in a locked map: one waits for it with the map locked. */
  private static void hugo3251(Stage stage) throws Exception {
    StampedLock map = new StampedLock();
    Semaphore address = new Semaphore(1);
    CountDownLatch mapLocked = new CountDownLatch(1);
    address.acquire();
    CountDownLatch downloads = new CountDownLatch(2);
    stage.start(
        "unlockAddress",
        () -> {
          mapLocked.await();
          long stamp = map.readLock();
          address.release();
          map.unlock(stamp);
          downloads.countDown();
        });
    stage.start(
        "lockAddress",
        () -> {
          long stamp = map.writeLock();
          if (!stage.leaky()) {
            map.unlock(stamp);
          }
          mapLocked.countDown();
          address.acquire();
          downloads.countDown();
        });
    stage.start("test", downloads::await);
  }

  /** To render a page it locks the content, and a shortcode in it asks for that lock again. */
  private static void hugo5379(Stage stage) {
    Semaphore content = new Semaphore(1);
    CountDownLatch initialising = new CountDownLatch(1);
    stage.start(
        "initContent",
        () -> {
          content.acquire();
          initialising.countDown();
          if (stage.leaky()) {
            content.acquire();
          }
          content.release();
        });
    CountDownLatch rendered = new CountDownLatch(1);
    stage.start(
        "pageRenderer",
        () -> {
          initialising.await();
          content.acquire();
          content.release();
          rendered.countDown();
        });
    stage.start("build", rendered::await);
  }

  /** A change is sent under the lock that its receiver asks for before it receives. */
  private static void istio16224(Stage stage) {
    Semaphore mutex = new Semaphore(1);
    BlockingQueue<String> changes = new SynchronousQueue<>();
    CountDownLatch locked = new CountDownLatch(1);
    stage.start(
        "update",
        () -> {
          mutex.acquire();
          if (!stage.leaky()) {
            mutex.release();
          }
          locked.countDown();
          changes.put("config");
        });
    stage.start(
        "drain",
        () -> {
          locked.await();
          mutex.acquire();
          mutex.release();
          changes.take();
        });
  }

  /** The agent ends with the first epoch; the next one cannot tell its status. */
  private static void istio17860(Stage stage) throws Exception {
    BlockingQueue<String> statuses = new SynchronousQueue<>();
    Thread agent =
        stage.ends(
            "agent",
            () -> {
              statuses.take();
              if (!stage.leaky()) {
                statuses.take();
              }
            });
    stage.ends("epoch-1", () -> statuses.put("exited")).join();
    if (stage.leaky()) {
      agent.join();
    }
    stage.start("epoch-2", () -> statuses.put("exited"));
  }

  /** The timer has gone off and its tick was taken; who stops it waits for that tick again. */
  private static void istio18454(Stage stage) throws Exception {
    BlockingQueue<String> ticks = new ArrayBlockingQueue<>(1);
    BlockingQueue<String> resets = new ArrayBlockingQueue<>(1);
    ticks.put("tick");
    stage.start(
        "eventLoop",
        () -> {
          ticks.take();
          for (int i = 0; i < 3; i++) {
            resets.take();
            if (stage.leaky()) {
              ticks.take();
            } else {
              ticks.poll();
            }
          }
        });
    stage.start(
        "processor",
        () -> {
          for (int i = 0; i < 3; i++) {
            resets.put("event");
          }
        });
  }

  /** The test lets one request go and waits for it, while the other one has the only place. */
  private static void serving2137(Stage stage) {
    Semaphore active = new Semaphore(1);
    Semaphore firstMayGo = new Semaphore(0);
    Semaphore secondMayGo = new Semaphore(0);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch accepted = new CountDownLatch(1);
    stage.start(
        "request-1",
        () -> {
          running.await();
          active.acquire();
          firstMayGo.acquire();
          active.release();
          accepted.countDown();
        });
    stage.start(
        "request-2",
        () -> {
          active.acquire();
          running.countDown();
          secondMayGo.acquire();
          active.release();
        });
    stage.start(
        "test",
        () -> {
          firstMayGo.release();
          if (!stage.leaky()) {
            secondMayGo.release();
          }
          accepted.await();
          secondMayGo.release();
        });
  }

  /** Addresses are cleared under the write lock, and who is told of it takes the read lock. */
  private static void syncthing4829(Stage stage) {
    StampedLock mapping = new StampedLock();
    stage.start(
        "removeMapping",
        () -> {
          long clearing = mapping.writeLock();
          if (!stage.leaky()) {
            mapping.unlock(clearing);
          }
          long notifying = mapping.readLock();
          mapping.unlock(notifying);
        });
  }

  /** The dispatcher closes the connection, and closing waits for the dispatcher to end. */
  private static void syncthing5795(Stage stage) {
    CountDownLatch dispatcherStopped = new CountDownLatch(1);
    stage.start(
        "dispatcher",
        () -> {
          if (stage.leaky()) {
            dispatcherStopped.await();
          }
          dispatcherStopped.countDown();
        });
    stage.start("closer", dispatcherStopped::await);
  }
}

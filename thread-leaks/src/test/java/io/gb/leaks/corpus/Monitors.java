package io.gb.leaks.corpus;

import static io.gb.leaks.proof.Verdict.LIVE;
import static io.gb.leaks.proof.Verdict.TIMED;
import static io.gb.leaks.proof.Verdict.UNKNOWN;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Programs around monitors: who owns one is not in a heap dump. */
@SuppressWarnings({ // The programs are wrong on purpose.
  "NakedNotify",
  "WaitNotInLoop",
})
final class Monitors {

  private Monitors() {}

  /** Those that leak. */
  static List<Case> leaky() {
    return List.of(
        new Case("monitorOrder", Monitors::monitorOrder),
        new Case("monitorOfParked", Monitors::monitorOfParked),
        new Case("notifiedAndNotLetIn", Monitors::notifiedAndNotLetIn),
        new Case("notifiedOnceThenParked", Monitors::notifiedOnceThenParked),
        new Case("pinnedWaiter", Monitors::pinnedWaiter),
        new Case("pinnedAtEntrance", Monitors::pinnedAtEntrance));
  }

  /** Those that only look like it. */
  static List<Case> healthy() {
    return List.of(
        new Case("monitorHeldBySleeper", Monitors::monitorHeldBySleeper),
        new Case("entranceBehindWaiter", Monitors::entranceBehindWaiter),
        new Case("pinnedAtEntranceOfSleeper", Monitors::pinnedAtEntranceOfSleeper),
        new Case("waiterOnInternedString", Monitors::waiterOnInternedString));
  }

  private static void monitorOrder(Stage stage) {
    Object one = new Object();
    Object two = new Object();
    CountDownLatch both = new CountDownLatch(stage.leaky() ? 2 : 1);
    stage.start("forward", () -> enterBoth(one, two, both));
    stage.start(
        "backward",
        () -> {
          if (stage.leaky()) {
            enterBoth(two, one, both);
          }
        });
  }

  private static void enterBoth(Object first, Object second, CountDownLatch both)
      throws InterruptedException {
    synchronized (first) {
      both.countDown();
      both.await();
      enter(second);
    }
  }

  private static void enter(Object monitor) {
    synchronized (monitor) {
      monitor.notifyAll();
    }
  }

  private static void monitorOfParked(Stage stage) throws InterruptedException {
    Object monitor = new Object();
    CountDownLatch inside = new CountDownLatch(1);
    Thread owner =
        stage.start(
            "owner",
            () -> {
              synchronized (monitor) {
                inside.countDown();
                Negatives.parkForEver();
              }
            });
    inside.await();
    stage.start("outside", () -> enter(monitor));
    if (!stage.leaky()) {
      owner.interrupt();
    }
  }

  /** Who notifies never leaves the monitor. */
  private static void notifiedAndNotLetIn(Stage stage) {
    Object monitor = new Object();
    Thread waiter = stage.start("waiter", () -> waitOnce(monitor));
    stage.awaitBlocked(waiter);
    Thread owner =
        stage.start(
            "owner",
            () -> {
              synchronized (monitor) {
                monitor.notifyAll();
                Negatives.parkForEver();
              }
            });
    if (!stage.leaky()) {
      owner.interrupt();
    }
  }

  private static void waitOnce(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      monitor.wait();
    }
  }

  /** The JDK leaves a mark of the first wait behind. */
  private static void notifiedOnceThenParked(Stage stage) throws InterruptedException {
    Object monitor = new Object();
    CountDownLatch notified = new CountDownLatch(1);
    Thread thread =
        stage.start(
            "parked",
            () -> {
              waitOnce(monitor);
              notified.countDown();
              Negatives.parkForEver();
            });
    stage.awaitBlocked(thread);
    enter(monitor);
    notified.await();
    if (!stage.leaky()) {
      thread.interrupt();
    }
  }

  private static void pinnedWaiter(Stage stage) {
    Object monitor = new Object();
    Thread thread = stage.start("waiter", () -> Pinning.run(() -> waitOnce(monitor)));
    if (!stage.leaky()) {
      thread.interrupt();
    }
  }

  private static void pinnedAtEntrance(Stage stage) throws InterruptedException {
    Object monitor = new Object();
    CountDownLatch inside = new CountDownLatch(1);
    Thread owner =
        stage.start(
            "owner",
            () -> {
              synchronized (monitor) {
                inside.countDown();
                Negatives.parkForEver();
              }
            });
    inside.await();
    stage.start("outside", () -> Pinning.run(() -> enter(monitor)));
    if (!stage.leaky()) {
      owner.interrupt();
    }
  }

  /** Starts a thread that sleeps in a monitor. */
  private static void sleepIn(Object monitor, Stage stage) throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    stage.start(
        "sleeper",
        () -> {
          synchronized (monitor) {
            inside.countDown();
            LockSupport.parkNanos(Long.MAX_VALUE);
          }
        },
        TIMED);
    inside.await();
  }

  private static void monitorHeldBySleeper(Stage stage) throws InterruptedException {
    Object monitor = new Object();
    sleepIn(monitor, stage);
    stage.start("outside", () -> enter(monitor), LIVE);
  }

  /** The JDK lists the waiter as an owner, too. */
  private static void entranceBehindWaiter(Stage stage) throws InterruptedException {
    Object monitor = new Object();
    Thread waiter = stage.start("waiter", () -> waitOnce(monitor), LIVE, UNKNOWN);
    stage.awaitBlocked(waiter);
    sleepIn(monitor, stage);
    stage.start("outside", () -> enter(monitor), LIVE);
  }

  private static void pinnedAtEntranceOfSleeper(Stage stage) throws InterruptedException {
    Object monitor = new Object();
    sleepIn(monitor, stage);
    stage.start("outside", () -> Pinning.run(() -> enter(monitor)), LIVE, UNKNOWN);
  }

  /** Whoever knows the text can get the string from the JVM. */
  private static void waiterOnInternedString(Stage stage) {
    stage.start("waiter", () -> waitOnce(stage.name("key").intern()), LIVE, UNKNOWN);
  }
}

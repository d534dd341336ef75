package io.gb.leaks.corpus;

import static io.gb.leaks.proof.Verdict.LEAKED_UNLESS_INTERRUPTED;

import io.gb.leaks.proof.Verdict;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Small programs whose threads leak for a reason that one rule of the proof is about. */
final class Positives {

  private Positives() {}

  /** All of them. */
  static List<Case> all() {
    return List.of(
        new Case("parkedOnly", Positives::parkedOnly),
        new Case("droppedTaskExecutor", Positives::droppedTaskExecutor, 21),
        new Case("phantomlyWatchedQueue", Positives::phantomlyWatchedQueue),
        new Case("heldForInterruptOnly", Positives::heldForInterruptOnly),
        new Case("threadGroupDropped", Positives::threadGroupDropped),
        new Case("pinned", Positives::pinned),
        new Case("waiter", Positives::waiter),
        new Case("joinsLeaked", Positives::joinsLeaked),
        new Case("joinsItself", Positives::joinsItself));
  }

  private static void parkedOnly(Stage stage) {
    Thread thread = stage.start("parked", Negatives::parkForEver);
    if (!stage.leaky()) {
      thread.interrupt();
    }
  }

  private record Parked() implements Runnable {

    @Override
    public void run() {
      Negatives.parkForEver();
    }
  }

  private static void droppedTaskExecutor(Stage stage) {
    ExecutorService tasks = Executors.newThreadPerTaskExecutor(stage.factory("task"));
    tasks.execute(new Parked());
    if (stage.leaky()) {
      stage.expectOfDroppedPool("task-1");
    } else {
      tasks.shutdownNow();
    }
  }

  private static void phantomlyWatchedQueue(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    stage.hold(Cleaning.CLEANER.register(queue, () -> {}));
    stage.start("taker", queue::take);
    if (!stage.leaky()) {
      queue.add("end");
    }
  }

  private static void heldForInterruptOnly(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    if (stage.leaky()) {
      stage.hold(stage.start("taker", queue::take, LEAKED_UNLESS_INTERRUPTED));
    } else {
      stage.hold(stage.ends("taker", queue::take));
      queue.add("end");
    }
  }

  /** The group main lists it, and that is no way. Virtual threads are in no group of their own. */
  private static void threadGroupDropped(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    if (stage.leaky()) {
      stage.startIn(new ThreadGroup("dropped"), "taker", queue::take, Verdict.LEAKED);
    }
  }

  private static void pinned(Stage stage) {
    Thread thread = stage.start("pinned", () -> Pinning.run(Negatives::parkForEver));
    if (!stage.leaky()) {
      thread.interrupt();
    }
  }

  private static void waiter(Stage stage) {
    Object monitor = new Object();
    Thread thread = stage.start("waiter", () -> Negatives.waitOn(monitor));
    if (!stage.leaky()) {
      thread.interrupt();
    }
  }

  private static void joinsItself(Stage stage) {
    Thread thread = stage.start("itself", () -> Thread.currentThread().join());
    if (!stage.leaky()) {
      thread.interrupt();
    }
  }

  private static void joinsLeaked(Stage stage) {
    Thread parked = stage.start("parked", Negatives::parkForEver);
    stage.start("joiner", () -> parked.join());
    if (!stage.leaky()) {
      parked.interrupt();
    }
  }
}

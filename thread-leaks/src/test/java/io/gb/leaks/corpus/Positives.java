package io.gb.leaks.corpus;

import static io.gb.leaks.proof.Verdict.LEAKED_UNLESS_INTERRUPTED;

import io.gb.leaks.proof.Verdict;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.SynchronousQueue;

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
        new Case("joinsItself", Positives::joinsItself),
        new Case("lostReplies", Positives::lostReplies),
        new Case("closesStuckExecutor", Positives::closesStuckExecutor, 21),
        new Case("poolOfVirtualThread", Positives::poolOfVirtualThread, 21));
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

  /** Only an interrupt could end these waits, since nobody has what they wait for. */
  private static void lostReplies(Stage stage) {
    if (stage.leaky()) {
      stage.hold(stage.start("future", new CompletableFuture<>()::get, LEAKED_UNLESS_INTERRUPTED));
      stage.hold(stage.start("task", new FutureTask<>(() -> 1)::get, LEAKED_UNLESS_INTERRUPTED));
      stage.hold(
          stage.start("handOver", new SynchronousQueue<>()::take, LEAKED_UNLESS_INTERRUPTED));
      stage.hold(
          stage.start("transfer", new LinkedTransferQueue<>()::take, LEAKED_UNLESS_INTERRUPTED));
      stage.hold(
          stage.start("exchange", () -> new Exchanger<>().exchange(1), LEAKED_UNLESS_INTERRUPTED));
      stage.hold(
          stage.start(
              "phase",
              () -> new Phaser(1).awaitAdvanceInterruptibly(0),
              LEAKED_UNLESS_INTERRUPTED));
    }
  }

  private static void closesStuckExecutor(Stage stage) {
    CountDownLatch latch = new CountDownLatch(stage.leaky() ? 1 : 0);
    ExecutorService tasks = Executors.newThreadPerTaskExecutor(stage.factory("stuck"));
    tasks.execute(() -> Threads.perform(latch::await));
    if (!stage.leaky()) {
      stage.ends("closer", tasks::close);
    } else {
      // The timer refers to a virtual thread, which refers to the executor.
      Verdict verdict = stage.virtual() ? LEAKED_UNLESS_INTERRUPTED : Verdict.LEAKED;
      stage.start("closer", tasks::close, verdict);
      stage.expect("stuck-1", verdict);
      ExecutorService pool = Executors.newFixedThreadPool(1, stage.factory("in-pool"));
      pool.execute(() -> Threads.perform(latch::await));
      stage.start("closer-of-pool", Executors.unconfigurableExecutorService(pool)::close, verdict);
      stage.expect("in-pool-1", verdict);
    }
  }

  /** Its threads are in the group of the JDK's virtual threads, which lists them. */
  private static void poolOfVirtualThread(Stage stage) throws Exception {
    if (stage.leaky() && !stage.virtual()) {
      stage.expect("worker-1", Verdict.LEAKED);
      String name = stage.name("worker-1");
      Thread.ofVirtual()
          .start(() ->
              Executors.newFixedThreadPool(1, task -> new Thread(task, name)).execute(() -> {}))
          .join();
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

package io.gb.leaks.corpus;

import static io.gb.leaks.proof.Verdict.LIVE;
import static io.gb.leaks.proof.Verdict.UNKNOWN;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/** Programs in which only the garbage collector, or what it leaves to others, wakes a thread. */
@SuppressWarnings("ReachabilityFenceUsage") // The programs are wrong on purpose.
final class CollectorNegatives {

  private CollectorNegatives() {}

  /** All of them. */
  static List<Case> all() {
    return List.of(
        new Case("weaklyHeldQueue", CollectorNegatives::weaklyHeldQueue),
        new Case("softlyHeldQueue", CollectorNegatives::softlyHeldQueue),
        new Case("cleanerHealedExecutor", CollectorNegatives::cleanerHealedExecutor),
        new Case("cleanerHealedTimer", CollectorNegatives::cleanerHealedTimer),
        new Case("wakerInCleaner", CollectorNegatives::wakerInCleaner),
        new Case("wakerInFinalizer", CollectorNegatives::wakerInFinalizer),
        new Case("referenceQueueConsumer", CollectorNegatives::referenceQueueConsumer),
        new Case("referenceWithPayload", CollectorNegatives::referenceWithPayload),
        new Case("referenceWithFieldOfSameName", CollectorNegatives::referenceWithFieldOfSameName));
  }

  private static void weaklyHeldQueue(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    stage.hold(new WeakReference<>(queue));
    stage.start("taker", queue::take, LIVE);
  }

  private static void softlyHeldQueue(Stage stage) {
    BlockingQueue<String> queue = new SynchronousQueue<>();
    stage.hold(new SoftReference<>(queue));
    stage.start("taker", queue::take, LIVE);
  }

  /** Nobody has the pool any more, so a cleaner shuts it down once the collector has seen that. */
  private static void cleanerHealedExecutor(Stage stage) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor(stage.factory("worker"));
    pool.submit(() -> {}).get();
    stage.expectUnlessGone("worker-1", LIVE);
  }

  /** As above; its thread waits at a monitor. */
  private static void cleanerHealedTimer(Stage stage) {
    Timer timer = new Timer(stage.name("timer"), true);
    timer.purge();
    stage.expectUnlessGone("timer", LIVE, UNKNOWN);
  }

  private static void wakerInCleaner(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Object watched = new Object();
    stage.hold(watched);
    Cleaning.CLEANER.register(watched, () -> queue.add("end"));
    stage.start("taker", queue::take, LIVE);
  }

  private record Waker(BlockingQueue<String> queue) {

    @Override
    @SuppressWarnings({"Finalize", "removal"})
    protected void finalize() {
      queue.add("end");
    }
  }

  private static void wakerInFinalizer(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Waker waker = new Waker(queue);
    stage.thread("taker", waker.queue()::take).start();
    stage.expectUnlessGone("taker", LIVE);
  }

  private static void referenceQueueConsumer(Stage stage) {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    CountDownLatch latch = new CountDownLatch(1);
    Object watched = new Object();
    stage.hold(watched);
    Reference<Object> reference = new PhantomReference<>(watched, queue);
    stage.start(
        "consumer",
        () -> {
          queue.remove();
          latch.countDown();
          Reference.reachabilityFence(reference);
        },
        LIVE,
        UNKNOWN);
    stage.start("waiter", () -> latch.await(), LIVE);
  }

  private static final class Payload extends WeakReference<Object> {

    private final CountDownLatch latch;

    Payload(Object referent, ReferenceQueue<Object> queue, CountDownLatch latch) {
      super(referent, queue);
      this.latch = latch;
    }

    void signal() {
      latch.countDown();
    }
  }

  private static void referenceWithPayload(Stage stage) {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    CountDownLatch latch = new CountDownLatch(1);
    Object watched = new Object();
    stage.hold(watched);
    stage.hold(queue);
    Payload payload = new Payload(watched, queue, latch);
    stage.start(
        "waiter",
        () -> {
          latch.await();
          payload.signal();
        },
        LIVE);
  }

  private static final class Hiding extends WeakReference<Object> {

    @SuppressWarnings("UnusedVariable") // Its name is that of a field of the JDK.
    private final @Nullable Object queue = null;

    Hiding(Object referent, ReferenceQueue<Object> queue) {
      super(referent, queue);
    }
  }

  private static void referenceWithFieldOfSameName(Stage stage) {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Object watched = new Object();
    stage.hold(watched);
    Hiding reference = new Hiding(watched, queue);
    stage.start(
        "consumer",
        () -> {
          queue.remove();
          Reference.reachabilityFence(reference);
        },
        LIVE,
        UNKNOWN);
  }
}

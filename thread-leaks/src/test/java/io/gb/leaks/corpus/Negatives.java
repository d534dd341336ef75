package io.gb.leaks.corpus;

import static io.gb.leaks.proof.Verdict.LEAKED_UNLESS_INTERRUPTED;
import static io.gb.leaks.proof.Verdict.LIVE;
import static io.gb.leaks.proof.Verdict.NATIVE_OR_IO;
import static io.gb.leaks.proof.Verdict.TIMED;
import static io.gb.leaks.proof.Verdict.UNKNOWN;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Programs in which a thread waits for ever, or seems to, and yet something can wake it. */
@SuppressWarnings({ // The programs are wrong on purpose.
  "LockNotBeforeTry",
  "ThreadLocalUsage",
  "WaitNotInLoop",
})
final class Negatives {

  private static final ClassValue<BlockingQueue<String>> PER_CLASS =
      new ClassValue<>() {
        @Override
        protected BlockingQueue<String> computeValue(Class<?> type) {
          return new LinkedBlockingQueue<>();
        }
      };

  private Negatives() {}

  /** All of them. */
  static List<Case> all() {
    return List.of(
        new Case("queueInStatic", Negatives::queueInStatic),
        new Case("idleStaticPool", Negatives::idleStaticPool),
        new Case("commonPoolTask", Negatives::commonPoolTask),
        new Case("timedWaits", Negatives::timedWaits),
        new Case("pinnedWithLiveWaker", Negatives::pinnedWithLiveWaker),
        new Case("wakerInShutdownHook", Negatives::wakerInShutdownHook),
        new Case("threadLocalOfLiveThread", Negatives::threadLocalOfLiveThread),
        new Case("threadHeldForInterrupt", Negatives::threadHeldForInterrupt),
        new Case("scheduledTaskHoldsLatch", Negatives::scheduledTaskHoldsLatch),
        new Case("unstartedThreadHoldsQueue", Negatives::unstartedThreadHoldsQueue),
        new Case("futureHeldByTimer", Negatives::futureHeldByTimer),
        new Case("lockHeldBySleeper", Negatives::lockHeldBySleeper),
        new Case("waiterOnStaticMonitor", Negatives::waiterOnStaticMonitor),
        new Case("waiterOnClass", Negatives::waiterOnClass),
        new Case("valueOfClass", Negatives::valueOfClass),
        new Case("annotationOfClass", Negatives::annotationOfClass),
        new Case("genericTypeOfClass", Negatives::genericTypeOfClass),
        new Case("blockerOfHeldThread", Negatives::blockerOfHeldThread),
        new Case("joinsSleeper", Negatives::joinsSleeper),
        new Case("awaitsFlockOfSleeper", Negatives::awaitsFlockOfSleeper, 21),
        new Case("wokenByWokenThread", Negatives::wokenByWokenThread),
        new Case("threadGroupHeld", Negatives::threadGroupHeld),
        new Case("parentOfThreadGroupHeld", Negatives::parentOfThreadGroupHeld),
        new Case("siblingInThreadGroup", Negatives::siblingInThreadGroup),
        new Case("queueInThreadGroup", Negatives::queueInThreadGroup),
        new Case("lambdaHoldsQueue", Negatives::lambdaHoldsQueue),
        new Case("wakerReadsSocket", Negatives::wakerReadsSocket));
  }

  private static void queueInStatic(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    stage.hold(queue);
    stage.start("taker", queue::take, LIVE);
  }

  private static void idleStaticPool(Stage stage) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1, stage.factory("worker"));
    pool.submit(() -> {}).get();
    stage.hold(pool);
    stage.expect("worker-1", LIVE);
  }

  private static void commonPoolTask(Stage stage) throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Thread waiter = stage.start("waiter", () -> latch.await(), LIVE);
    stage.awaitBlocked(waiter);
    ForkJoinPool.commonPool()
        .execute(() -> {
          LockSupport.parkNanos(TimeUnit.HOURS.toNanos(1));
          latch.countDown();
        });
  }

  private static void timedWaits(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Object monitor = new Object();
    stage.start("poll", () -> queue.poll(1, TimeUnit.HOURS), TIMED);
    stage.start("sleep", () -> Thread.sleep(3_600_000), TIMED);
    stage.start(
        "wait",
        () -> {
          synchronized (monitor) {
            monitor.wait(3_600_000);
          }
        },
        TIMED);
  }

  private static void pinnedWithLiveWaker(Stage stage) {
    CountDownLatch latch = new CountDownLatch(1);
    stage.hold(latch);
    stage.start("pinned", () -> Pinning.run(latch::await), LIVE);
  }

  private static void wakerInShutdownHook(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> queue.add("end")));
    stage.start("taker", queue::take, LIVE);
  }

  private static void threadLocalOfLiveThread(Stage stage) {
    CountDownLatch latch = new CountDownLatch(1);
    AtomicReference<@Nullable CountDownLatch> handover = new AtomicReference<>(latch);
    ThreadLocal<@Nullable CountDownLatch> local = new ThreadLocal<>();
    stage.start(
        "sleeper",
        () -> {
          local.set(handover.getAndSet(null));
          Thread.sleep(3_600_000);
        },
        TIMED);
    stage.start("waiter", latch::await, LIVE);
  }

  private static void threadHeldForInterrupt(Stage stage) {
    stage.hold(stage.start("parked", Negatives::parkForEver, LIVE));
  }

  static void parkForEver() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }

  private static void scheduledTaskHoldsLatch(Stage stage) {
    CountDownLatch latch = new CountDownLatch(1);
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, stage.factory("timer"));
    Future<?> task = timer.schedule(latch::countDown, 1, TimeUnit.HOURS);
    stage.expect("timer-1", TIMED, LIVE);
    stage.start(
        "waiter",
        () -> {
          latch.await();
          Objects.requireNonNull(task);
        },
        LIVE);
  }

  private static void unstartedThreadHoldsQueue(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    stage.hold(stage.thread("unstarted", () -> queue.add("end")));
    stage.start("taker", queue::take, LIVE);
  }

  private static void futureHeldByTimer(Stage stage) {
    CompletableFuture<String> future = new CompletableFuture<>();
    CompletableFuture<String> timed = future.completeOnTimeout("end", 1, TimeUnit.HOURS);
    stage.start("waiter", timed::get, LIVE);
  }

  private static void lockHeldBySleeper(Stage stage) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    CountDownLatch locked = new CountDownLatch(1);
    stage.start(
        "sleeper",
        () -> {
          lock.lock();
          try {
            locked.countDown();
            Thread.sleep(3_600_000);
          } finally {
            lock.unlock();
          }
        },
        TIMED);
    locked.await();
    stage.start(
        "waiter",
        () -> {
          lock.lock();
          lock.unlock();
        },
        LIVE);
  }

  private static void waiterOnStaticMonitor(Stage stage) {
    Object monitor = new Object();
    stage.hold(monitor);
    stage.start("waiter", () -> waitOn(monitor), LIVE, UNKNOWN);
  }

  private static void waiterOnClass(Stage stage) {
    stage.start("waiter", () -> waitOn(Stage.class), LIVE, UNKNOWN);
  }

  static void waitOn(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      while (true) {
        monitor.wait();
      }
    }
  }

  private static void valueOfClass(Stage stage) {
    stage.start("taker", PER_CLASS.get(Stage.class)::take, LIVE);
  }

  /** Whoever asks the class for its annotation gets the same object. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  private @interface Mark {}

  @Mark
  private static final class Marked {}

  private static void annotationOfClass(Stage stage) {
    stage.start(
        "waiter",
        () -> {
          Object mark = Marked.class.getAnnotation(Mark.class);
          synchronized (mark) {
            mark.wait();
          }
        },
        LIVE);
  }

  private static void genericTypeOfClass(Stage stage) {
    stage.start(
        "waiter",
        () -> {
          Object parent = Texts.class.getGenericSuperclass();
          synchronized (parent) {
            parent.wait();
          }
        },
        LIVE);
  }

  @SuppressWarnings("serial") // Never written.
  private static final class Texts extends ArrayList<String> {}

  /** LockSupport.getBlocker gives the latch of the owner to whoever has the other thread. */
  private static void blockerOfHeldThread(Stage stage) throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Object monitor = new Object();
    Thread owner =
        stage.start(
            "owner",
            () -> {
              synchronized (monitor) {
                latch.await();
              }
            },
            LIVE,
            LEAKED_UNLESS_INTERRUPTED);
    stage.awaitBlocked(owner);
    Thread entrance =
        stage.start(
            "entrance",
            () -> {
              LockSupport.setCurrentBlocker(latch);
              synchronized (monitor) {
                LockSupport.setCurrentBlocker(null);
              }
            },
            LIVE,
            LEAKED_UNLESS_INTERRUPTED,
            UNKNOWN);
    stage.hold(entrance);
  }

  private static void joinsSleeper(Stage stage) {
    Thread sleeper = stage.start("sleeper", () -> Thread.sleep(3_600_000), TIMED);
    stage.start("joiner", () -> sleeper.join(), LIVE, UNKNOWN);
  }

  private static void awaitsFlockOfSleeper(Stage stage) throws Exception {
    // What structured concurrency is built on; its own classes are still a preview.
    Class<?> flockClass = Class.forName("jdk.internal.misc.ThreadFlock");
    Method open = flockClass.getMethod("open", String.class);
    Method start = flockClass.getMethod("start", Thread.class);
    Method awaitAll = flockClass.getMethod("awaitAll");
    Thread sleeper = stage.thread("sleeper", new Sleeper());
    stage.expect("sleeper", TIMED);
    stage.start(
        "owner",
        () -> {
          Object flock = open.invoke(null, "flock");
          start.invoke(flock, sleeper);
          awaitAll.invoke(flock);
        },
        LIVE);
  }

  private record Sleeper() implements Threads.Body {

    @Override
    public void run() {
      LockSupport.parkNanos(TimeUnit.HOURS.toNanos(1));
    }
  }

  private static void wokenByWokenThread(Stage stage) {
    BlockingQueue<String> first = new LinkedBlockingQueue<>();
    Semaphore second = new Semaphore(0);
    stage.hold(first);
    stage.start(
        "first",
        () -> {
          first.take();
          second.release();
        },
        LIVE);
    stage.start("second", () -> second.acquire(), LIVE);
  }

  private static void threadGroupHeld(Stage stage) {
    ThreadGroup group = new ThreadGroup("held");
    stage.hold(group);
    stage.startIn(group, "taker", new LinkedBlockingQueue<>()::take, LEAKED_UNLESS_INTERRUPTED);
  }

  private static void parentOfThreadGroupHeld(Stage stage) {
    ThreadGroup parent = new ThreadGroup("held");
    ThreadGroup inner = new ThreadGroup(new ThreadGroup(parent, "middle"), "inner");
    stage.hold(parent);
    stage.startIn(inner, "taker", new LinkedBlockingQueue<>()::take, LEAKED_UNLESS_INTERRUPTED);
  }

  /** A live thread knows its group, and a group its parent. */
  private static void siblingInThreadGroup(Stage stage) {
    ThreadGroup group = new ThreadGroup("shared");
    stage.startIn(new ThreadGroup(group, "inner"), "sleeper", new Sleeper(), TIMED);
    stage.startIn(group, "taker", new LinkedBlockingQueue<>()::take, LEAKED_UNLESS_INTERRUPTED);
  }

  private static final class GroupWithQueue extends ThreadGroup {

    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    GroupWithQueue() {
      super("with queue");
    }
  }

  /** Who has a thread can ask it for its group, even if its interrupt is left aside. */
  private static void queueInThreadGroup(Stage stage) {
    GroupWithQueue group = new GroupWithQueue();
    stage.startIn(
        group,
        "taker",
        () -> {
          stage.hold(Thread.currentThread());
          group.queue.take();
        },
        LIVE);
  }

  private static void lambdaHoldsQueue(Stage stage) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Runnable waker = () -> queue.add("end");
    stage.hold(waker);
    stage.start("taker", queue::take, LIVE);
  }

  private static void wakerReadsSocket(Stage stage) throws Exception {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    ServerSocket server = new ServerSocket(0);
    Thread acceptor =
        stage.thread(
            "acceptor",
            () -> {
              server.accept();
              queue.add("end");
            });
    acceptor.start();
    stage.expect("acceptor", LIVE, NATIVE_OR_IO);
    stage.start("taker", queue::take, LIVE);
  }
}

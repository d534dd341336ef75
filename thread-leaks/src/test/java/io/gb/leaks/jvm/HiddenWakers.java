package io.gb.leaks.jvm;

import io.gb.leaks.LeakReport;
import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.corpus.Threads;
import io.gb.leaks.proof.ThreadFinding;
import java.io.IOException;
import java.lang.Thread.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A program in which a thread takes from a queue. Another one is about to fill it, and holds it
 * where no heap dump shows it; or, for comparison, nobody is. It prints the verdict on the taker,
 * lets the other go on, and prints whether that woke the taker. With a second argument, it lets
 * another JVM ask, until a byte arrives on its standard input.
 */
final class HiddenWakers {

  private static final int WARM_UP = 100_000;
  private static final long LONG_PARK_NANOS = 1_000_000_000L;
  private static final long LONG_LOOP = 3_000_000_000L;

  private static final CountDownLatch GO_ON = new CountDownLatch(1);
  private static final AtomicInteger QUEUES = new AtomicInteger();
  private static final Gate OTHER = new Gate();
  private static final AtomicBoolean WOKEN = new AtomicBoolean();

  /** Never leaves the method that makes it. */
  private record Holder(BlockingQueue<String> queue) {}

  /** What is taken out of it is nowhere else. */
  private static final class Box implements Runnable {

    private Gate gate = new Gate();
    private boolean wait;

    @SuppressWarnings("UnusedVariable") // Without it there would be no loop.
    private long sum;

    @Override
    public void run() {
      offerAfterPause(this);
    }
  }

  private static final class Gate {
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private int steps = QUEUES.incrementAndGet();
  }

  private HiddenWakers() {}

  /** To be compiled for optimal speed: then the holder exists in registers only. */
  private static boolean offerAfterPause(Box box) {
    Holder holder = new Holder(box.gate.queue);
    box.gate = OTHER;
    pause(box.wait);
    return holder.queue().offer("x");
  }

  /** Not to be inlined. */
  private static void pause(boolean wait) {
    if (wait) {
      try {
        GO_ON.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** To be compiled: then the gate is read once, ahead of the loop. */
  private static boolean offerAfterLoop(Box box, long steps) {
    long sum = 0;
    for (long i = 0; i < steps; i++) {
      sum = sum * 31 + (i ^ box.gate.steps);
    }
    box.sum = sum;
    return box.gate.queue.offer("x");
  }

  private static Box boxWithTaker() {
    Box box = new Box();
    BlockingQueue<String> queue = box.gate.queue;
    Threads.startWaiting(
        "taker",
        false,
        () -> {
          queue.take();
          WOKEN.set(true);
        });
    return box;
  }

  private static void playTakenApart(boolean virtual) {
    for (int i = 0; i < WARM_UP; i++) {
      offerAfterPause(new Box());
    }
    Box box = boxWithTaker();
    box.wait = true;
    Threads.startWaiting("waker", virtual, box::run);
  }

  private static void playReadAhead() throws InterruptedException {
    Box warm = new Box();
    for (int i = 0; i < WARM_UP; i++) {
      offerAfterLoop(warm, 10);
    }
    Box box = boxWithTaker();
    CountDownLatch started = new CountDownLatch(1);
    Threads.start(
        "waker",
        false,
        () -> {
          started.countDown();
          offerAfterLoop(box, LONG_LOOP);
        });
    started.await();
    // It has to get from the latch into the loop, which nobody can see from outside.
    Thread.sleep(200);
    box.gate = OTHER;
  }

  private static void playIdlePool() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    for (int i = 0; i < 10; i++) {
      pool.submit(() -> {}).get();
    }
    boxWithTaker();
    if (!ThisJvm.ask("compilerCodelist", null)
        .contains(" 4 0 java.util.concurrent.ThreadPoolExecutor.getTask()")) {
      throw new AssertionError("the pool is not compiled");
    }
  }

  /** Whoever closes the common pool never ends it, and runs its tasks meanwhile. */
  private static void playCommonPool() {
    CountDownLatch started = new CountDownLatch(1);
    ForkJoinPool.commonPool()
        .execute(() -> {
          started.countDown();
          while (true) {
            LockSupport.parkNanos(LONG_PARK_NANOS);
          }
        });
    Threads.perform(started::await);
    Thread taker =
        new Thread(Executors.unconfigurableExecutorService(ForkJoinPool.commonPool())::close);
    taker.setName("taker");
    taker.setDaemon(true);
    taker.start();
    Threads.await(taker, State.TIMED_WAITING);
  }

  /** The taker waits in a loop; it is woken once, as soon as the first sample has been read. */
  private static void playWokenBetweenSamples() {
    Threads.startWaiting(
        "taker",
        false,
        () -> {
          while (true) {
            LockSupport.park();
            WOKEN.set(true);
          }
        });
    Threads.start(
        "watchdog",
        false,
        () -> {
          while (!isSampled()) {
            Thread.sleep(2);
          }
          while (isSampled()) {
            Thread.sleep(2);
          }
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("taker"))
              .forEach(LockSupport::unpark);
        });
  }

  private static boolean isSampled() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> proofs = Files.list(folder)) {
      return proofs.anyMatch(proof -> Files.exists(proof.resolve("sample-1.hprof")));
    }
  }

  private static LeakReport ofDumpAlone() throws IOException {
    try (TestDump dump = TestDump.take()) {
      return ThreadLeaks.prove(dump.file());
    }
  }

  static ThreadFinding taker(LeakReport report) {
    return report.threads().stream()
        .filter(thread -> thread.name().equals("taker"))
        .findAny()
        .orElseThrow();
  }

  /**
   * Nobody wakes the taker of an idle pool. A JVM of version 25 that was asked for the monitors of
   * its threads lets them go on in the interpreter, which reads the box again.
   */
  private static boolean mayWake(String play) {
    return !play.equals("idle-pool") && !play.equals("read-ahead");
  }

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "taken-apart" -> playTakenApart(false);
      case "taken-apart-virtual" -> playTakenApart(true);
      case "read-ahead", "read-ahead-unasked" -> playReadAhead();
      case "idle-pool" -> playIdlePool();
      case "common-pool" -> playCommonPool();
      case "woken-between" -> playWokenBetweenSamples();
      default -> throw new IllegalArgumentException(args[0]);
    }
    boolean remote = args.length > 1;
    if (remote) {
      System.out.println("ready");
      System.in.read();
    } else {
      System.out.println("dump alone: " + taker(ofDumpAlone()).verdict());
    }
    if (!remote && !args[0].endsWith("unasked")) {
      LeakReport report = ThreadLeaks.prove();
      System.out.println(taker(report).verdict() + ": " + taker(report).reason());
      report.assumptions().forEach(System.out::println);
    }
    GO_ON.countDown();
    if (args[0].equals("common-pool")) {
      ForkJoinPool.commonPool()
          .execute(() -> WOKEN.set(Thread.currentThread().getName().equals("taker")));
    }
    for (int i = 0; i < 300 && !WOKEN.get() && mayWake(args[0]); i++) {
      Thread.sleep(100);
    }
    System.out.println("woken: " + WOKEN.get());
    System.exit(0);
  }
}

package io.gb.leaks.corpus;

import static io.gb.leaks.proof.Verdict.LIVE;
import static io.gb.leaks.proof.Verdict.TIMED;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * The common patterns of leaks, and the stress tests, of Go's own test of its leak profile; the
 * patterns were found where a large company runs Go. The sizes are smaller than there.
 */
final class GoPatterns {

  private static final String ITEM = "item";

  private GoPatterns() {}

  /** Those that leak. */
  static List<Case> leaky() {
    return List.of(
        new Case("noCloseRange", GoPatterns::noCloseRange),
        new Case("noWorkerForRange", GoPatterns::noWorkerForRange),
        new Case("methodContractViolation", GoPatterns::methodContractViolation),
        new Case("doubleSend", GoPatterns::doubleSend),
        new Case("earlyReturn", GoPatterns::earlyReturn),
        new Case("nCastLeak", GoPatterns::nCastLeak),
        new Case("nCastToNobody", GoPatterns::nCastToNobody),
        new Case("timeout", GoPatterns::timeout),
        new Case("spawnTree", GoPatterns::spawnTree));
  }

  /** Those that only look like it. */
  static List<Case> healthy() {
    return List.of(
        new Case("noLeakGlobal", GoPatterns::noLeakGlobal),
        new Case("daisyChain", GoPatterns::daisyChain));
  }

  /** Workers take items until the end of them, and nobody says that this was the end. */
  private static void noCloseRange(Stage stage) throws Exception {
    BlockingQueue<String> items = new SynchronousQueue<>();
    List<Thread> workers = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      workers.add(
          stage.start(
              "worker-" + i,
              () -> {
                while (true) {
                  items.take();
                }
              }));
    }
    for (int i = 1; i <= 3; i++) {
      items.put(ITEM);
    }
    if (!stage.leaky()) {
      workers.forEach(Thread::interrupt);
    }
  }

  /** The number of workers was zero. */
  private static void noWorkerForRange(Stage stage) throws Exception {
    BlockingQueue<String> items = new SynchronousQueue<>();
    stage.start("sender", () -> items.put(ITEM));
    if (!stage.leaky()) {
      items.take();
    }
  }

  /** A worker that has to be closed. */
  private record Worker(BlockingQueue<String> items, Thread thread) implements AutoCloseable {

    static Worker open(Stage stage) {
      BlockingQueue<String> items = new SynchronousQueue<>();
      return new Worker(
          items,
          stage.start(
              "worker",
              () -> {
                while (true) {
                  items.take();
                }
              }));
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  /** Whoever opens the worker has to close it. */
  private static void methodContractViolation(Stage stage) throws Exception {
    Worker worker = Worker.open(stage);
    for (int i = 0; i < 10; i++) {
      worker.items().put(ITEM);
    }
    if (!stage.leaky()) {
      worker.close();
    }
  }

  /** After the result of the error case, a return is missing. */
  private static void doubleSend(Stage stage) throws Exception {
    BlockingQueue<String> results = new SynchronousQueue<>();
    stage.start(
        "sender",
        () -> {
          results.put("failed");
          if (stage.leaky()) {
            results.put("done");
          }
        });
    results.take();
  }

  /** On an error, the receiver returns before it receives. */
  private static void earlyReturn(Stage stage) {
    BlockingQueue<String> results = new SynchronousQueue<>();
    stage.start("sender", () -> results.put("result"));
    stage.ends(
        "parent",
        () -> {
          boolean failed = stage.leaky();
          if (!failed) {
            results.take();
          }
        });
  }

  /** The first of five results is wanted; the other four find nobody who takes them. */
  private static void nCastLeak(Stage stage) throws Exception {
    BlockingQueue<String> results =
        stage.leaky() ? new SynchronousQueue<>(true) : new ArrayBlockingQueue<>(5);
    Thread winner = stage.ends("winner", () -> results.put(ITEM));
    if (stage.leaky()) {
      stage.awaitBlocked(winner);
    }
    for (int i = 2; i <= 5; i++) {
      stage.start("loser-" + i, () -> results.put(ITEM));
    }
    results.take();
  }

  /** Nobody works on a list that is empty, and yet a first result is waited for. */
  private static void nCastToNobody(Stage stage) throws Exception {
    BlockingQueue<String> results = new LinkedBlockingQueue<>();
    stage.start("receiver", results::take);
    if (!stage.leaky()) {
      results.put(ITEM);
    }
  }

  /** The context ends, the receiver goes, and each of its senders stays. */
  private static void timeout(Stage stage) {
    for (int i = 1; i <= 10; i++) {
      BlockingQueue<String> result =
          stage.leaky() ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(1);
      stage.start("sender-" + i, () -> result.put(ITEM));
    }
  }

  /** A tree of threads in which each leaves another one behind and ends. */
  private static void spawnTree(Stage stage) throws Exception {
    spawn(stage, 3, "");
  }

  private static void spawn(Stage stage, int depth, String path) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    stage.start("leaf" + path, never::await);
    if (!stage.leaky()) {
      never.countDown();
    }
    for (int i = 1; i < depth; i++) {
      String below = path + "-" + i;
      stage.ends("node" + below, () -> spawn(stage, depth - 1, below)).join();
    }
  }

  /** The channel is in a static. */
  private static void noLeakGlobal(Stage stage) {
    BlockingQueue<String> channel = new SynchronousQueue<>();
    stage.hold(channel);
    stage.start("receiver", channel::take, LIVE);
  }

  /** Each waits for the one before, and the first of them sleeps. */
  private static void daisyChain(Stage stage) {
    CountDownLatch first = new CountDownLatch(1);
    stage.start(
        "sleeper",
        () -> {
          Thread.sleep(TimeUnit.HOURS.toMillis(1));
          first.countDown();
        },
        TIMED);
    CountDownLatch next = first;
    for (int i = 1; i <= 50; i++) {
      CountDownLatch before = next;
      CountDownLatch after = new CountDownLatch(1);
      stage.start(
          "link-" + i,
          () -> {
            before.await();
            after.countDown();
          },
          LIVE);
      next = after;
    }
  }
}

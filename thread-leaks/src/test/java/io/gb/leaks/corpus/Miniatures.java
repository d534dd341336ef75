package io.gb.leaks.corpus;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Small forms of thread leaks that were found in real programs, one for each mechanism. */
@SuppressWarnings("ModifiedButNotUsed") // The programs are wrong on purpose.
final class Miniatures {

  private static final String END = "end";

  private Miniatures() {}

  /** All of them. */
  static List<Case> all() {
    return List.of(
        new Case("watcherNeverStopped", Miniatures::watcherNeverStopped),
        new Case("poolPerRequest", Miniatures::poolPerRequest),
        new Case("runLoopAwaitsClose", Miniatures::runLoopAwaitsClose),
        new Case("readerPutsIntoFullQueue", Miniatures::readerPutsIntoFullQueue),
        new Case("clientKeepsExecutor", Miniatures::clientKeepsExecutor),
        new Case("poolReplacedOnRefresh", Miniatures::poolReplacedOnRefresh),
        new Case("cacheNotClosed", Miniatures::cacheNotClosed),
        new Case("rejectedTaskPut", Miniatures::rejectedTaskPut),
        new Case("futureNeverCompleted", Miniatures::futureNeverCompleted),
        new Case("joinOnLostCallback", Miniatures::joinOnLostCallback),
        new Case("onlyConsumerPuts", Miniatures::onlyConsumerPuts),
        new Case("closerWaitsForProducer", Miniatures::closerWaitsForProducer),
        new Case("consumerGone", Miniatures::consumerGone),
        new Case("holderWithoutCountDown", Miniatures::holderWithoutCountDown),
        new Case("latchInClosureOnItsPool", Miniatures::latchInClosureOnItsPool),
        new Case("callbackThrows", Miniatures::callbackThrows),
        new Case("timerPoolNotShutDown", Miniatures::timerPoolNotShutDown),
        new Case("pipeNeverNotified", Miniatures::pipeNeverNotified));
  }

  private static Threads.Body await(CountDownLatch latch) {
    return latch::await;
  }

  private static void watcherNeverStopped(Stage stage) throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    stage.start(
        "watcher",
        () -> {
          while (!events.take().equals(END)) {
            // Nothing to do with it.
          }
        });
    events.put("event");
    if (!stage.leaky()) {
      events.put(END);
    }
  }

  private static void fixedPool(Stage stage, String role, int size) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(size, stage.factory(role));
    for (int i = 0; i < size; i++) {
      pool.submit(() -> {}).get();
    }
    if (!stage.leaky()) {
      pool.shutdown();
      if (!pool.awaitTermination(20, TimeUnit.SECONDS)) {
        throw new AssertionError("the pool does not end");
      }
    } else {
      for (int i = 1; i <= size; i++) {
        stage.expectOfDroppedPool(role + "-" + i);
      }
    }
  }

  private static void poolPerRequest(Stage stage) throws Exception {
    fixedPool(stage, "worker", 3);
  }

  private static void runLoopAwaitsClose(Stage stage) {
    CountDownLatch closed = new CountDownLatch(1);
    stage.start("loop", await(closed));
    if (!stage.leaky()) {
      closed.countDown();
    }
  }

  private static void readerPutsIntoFullQueue(Stage stage) throws Exception {
    BlockingQueue<String> messages = new ArrayBlockingQueue<>(1);
    messages.put("first");
    stage.start("reader", () -> messages.put("second"));
    if (!stage.leaky()) {
      messages.take();
    }
  }

  private static final class Client implements AutoCloseable {

    private final ThreadPoolExecutor executor;

    Client(Stage stage) {
      executor =
          new ThreadPoolExecutor(
              1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), stage.factory("client"));
      executor.prestartAllCoreThreads();
    }

    @Override
    public void close() {
      executor.shutdown();
    }
  }

  private static void clientKeepsExecutor(Stage stage) {
    Client client = new Client(stage);
    if (stage.leaky()) {
      stage.expectOfDroppedPool("client-1");
    } else {
      client.close();
    }
  }

  private static void poolReplacedOnRefresh(Stage stage) throws Exception {
    fixedPool(stage, "old", 1);
    fixedPool(stage, "new", 1);
  }

  private static void cacheNotClosed(Stage stage) {
    LinkedBlockingDeque<String> changes = new LinkedBlockingDeque<>();
    stage.start("cache", changes::takeFirst);
    if (!stage.leaky()) {
      changes.addLast(END);
    }
  }

  private static void rejectedTaskPut(Stage stage) throws Exception {
    SynchronousQueue<Runnable> queue = new SynchronousQueue<>();
    stage.start(
        "caller",
        () -> {
          queue.put(() -> {});
        });
    if (!stage.leaky()) {
      queue.take();
    }
  }

  private static void futureNeverCompleted(Stage stage) {
    CompletableFuture<String> closed = new CompletableFuture<>();
    stage.start("closer", closed::get);
    if (!stage.leaky()) {
      closed.complete(END);
    }
  }

  private static void joinOnLostCallback(Stage stage) {
    CompletableFuture<String> ping = new CompletableFuture<>();
    CompletableFuture<Integer> length = ping.thenApply(String::length);
    stage.start("pinger", length::join);
    if (!stage.leaky()) {
      ping.complete(END);
    }
  }

  private static void onlyConsumerPuts(Stage stage) throws Exception {
    BlockingQueue<String> queue = new ArrayBlockingQueue<>(stage.leaky() ? 1 : 2);
    queue.put("work");
    stage.start(
        "consumer",
        () -> {
          String work = queue.take();
          queue.put(work);
          queue.put(work);
        });
  }

  private static void closerWaitsForProducer(Stage stage) throws Exception {
    BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
    CountDownLatch done = new CountDownLatch(1);
    queue.put("row");
    stage.start(
        "producer",
        () -> {
          queue.put("row");
          done.countDown();
        });
    stage.start(
        "closer",
        () -> {
          if (!stage.leaky()) {
            queue.clear();
          }
          done.await();
        });
  }

  private static void consumerGone(Stage stage) throws Exception {
    BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
    CountDownLatch consumed = new CountDownLatch(1);
    stage.ends(
        "consumer",
        () -> {
          queue.take();
          consumed.countDown();
          if (!stage.leaky()) {
            queue.take();
            queue.take();
          }
        });
    stage.start(
        "producer",
        () -> {
          queue.put("a");
          consumed.await();
          queue.put("b");
          queue.put("c");
        });
  }

  private static void holderWithoutCountDown(Stage stage) {
    CountDownLatch set = new CountDownLatch(1);
    stage.start("getter", await(set));
    stage.ends(
        "setter",
        () -> {
          if (!stage.leaky()) {
            set.countDown();
          }
        });
  }

  private static void latchInClosureOnItsPool(Stage stage) {
    ExecutorService pool =
        Executors.newFixedThreadPool(stage.leaky() ? 1 : 2, stage.factory("pool"));
    CountDownLatch inner = new CountDownLatch(1);
    pool.execute(() -> {
      pool.execute(inner::countDown);
      try {
        inner.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      pool.shutdown();
    });
    if (stage.leaky()) {
      stage.expectOfDroppedPool("pool-1");
    }
  }

  /** The dispatcher fails before it completes the future. */
  private static void callbackThrows(Stage stage) {
    CompletableFuture<String> response = new CompletableFuture<>();
    Thread caller = stage.start("caller", response::join);
    stage.ends(
        "dispatcher",
        () -> {
          stage.awaitBlocked(caller);
          if (stage.leaky()) {
            throw new InterruptedException("the dispatcher dies");
          }
          response.complete(END);
        });
  }

  private static void timerPoolNotShutDown(Stage stage) throws Exception {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, stage.factory("timer"));
    timer.submit(() -> {}).get();
    if (stage.leaky()) {
      stage.expectOfDroppedPool("timer-1");
    } else {
      timer.shutdown();
    }
  }

  private static void pipeNeverNotified(Stage stage) {
    PriorityBlockingQueue<String> bytes = new PriorityBlockingQueue<>();
    Object pipe = new Object();
    stage.start(
        "reader",
        () -> {
          synchronized (pipe) {
            while (bytes.isEmpty()) {
              pipe.wait();
            }
          }
        });
    if (!stage.leaky()) {
      bytes.add(END);
      synchronized (pipe) {
        pipe.notifyAll();
      }
    }
  }
}

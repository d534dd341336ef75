package io.gb.demo;

import io.gb.harness.job.JobQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The benchmark of 2013: workers take jobs from a queue and send a request for each. {@link
 * Variant} says how it ends.
 *
 * <p>All workers have their first request under way at the same time, so that there are as many
 * connections as workers. One thread calls {@link #run}, or its steps, each once and in order.
 */
public final class WorkerRun {

  /** How the names of the workers begin. */
  public static final String WORKER_NAME = "gb-worker-";

  /** How the names of the threads begin that send a request for a worker. */
  public static final String SENDER_NAME = "gb-sender-";

  /** How long a worker waits for its first result, which always comes later. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private static final int CAPACITY = 1024;

  private enum Message {
    SEND,
    END
  }

  private final Variant variant;
  private final int workers;
  private final int requests;
  private final Sender sender;
  private final ThreadFactory workerThreads;
  private final ThreadFactory senderThreads;
  private final JobQueue<Message> jobs = new JobQueue<>(CAPACITY);
  private final List<Thread> crew = new ArrayList<>();
  private final @Nullable ExecutorService scope;
  private final CountDownLatch connected;
  private final CountDownLatch answered;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * Prepares a run.
   *
   * @param variant how it ends
   * @param threads the kind of threads of its workers
   * @param workers how many there are, at least 1
   * @param requests how many requests they send together: at least one each, or none at all
   * @param sender sends them; the run owns it, and closes it or forgets to
   */
  public WorkerRun(Variant variant, ThreadKind threads, int workers, int requests, Sender sender) {
    this.variant = variant;
    this.workers = workers;
    this.requests = requests;
    this.sender = sender;
    workerThreads = threads.factory(WORKER_NAME);
    senderThreads = threads.factory(SENDER_NAME);
    scope = variant == Variant.STRUCTURED ? Executors.newThreadPerTaskExecutor(this::hire) : null;
    connected = new CountDownLatch(workers);
    answered = new CountDownLatch(requests);
  }

  /**
   * Starts the workers, waits until all requests are sent, and ends as the variant does.
   *
   * @throws IOException if a request failed; no further ones are sent then
   * @throws InterruptedException if interrupted; what has been started may be left behind
   */
  public void run() throws IOException, InterruptedException {
    if (variant == Variant.STRUCTURED) {
      try {
        start();
        feed();
      } finally {
        end();
      }
    } else {
      start();
      feed();
      end();
    }
    Throwable first = failure.get();
    if (first != null) {
      throw new IOException("a request failed: " + first.getMessage(), first);
    }
  }

  /** Starts the workers, which wait for jobs. */
  public void start() {
    for (int i = 0; i < workers; i++) {
      if (scope != null) {
        scope.execute(this::work);
      } else {
        hire(this::work).start();
      }
    }
  }

  private Thread hire(Runnable work) {
    Thread worker = workerThreads.newThread(work);
    crew.add(worker);
    return worker;
  }

  private void work() {
    try {
      boolean first = true;
      for (Message next = jobs.take(); next == Message.SEND; next = jobs.take()) {
        exchange(first);
        first = false;
      }
    } catch (InterruptedException e) {
      // The variant INTERRUPT ends like this.
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void exchange(boolean first) throws InterruptedException {
    switch (variant) {
      case ABANDONED_RESULT -> exchangeAside(first, new SynchronousQueue<>());
      case BUFFERED_RESULT -> exchangeAside(first, new ArrayBlockingQueue<>(1));
      default -> send(first ? this::awaitOthers : () -> {});
    }
  }

  /** The first exchange of each worker takes longer than the worker waits for it. */
  private void exchangeAside(boolean isSlow, BlockingQueue<String> result)
      throws InterruptedException {
    CountDownLatch abandoned = new CountDownLatch(1);
    Runnable meanwhile =
        isSlow
            ? () -> {
              awaitOthers();
              await(abandoned);
            }
            : () -> {};
    senderThreads
        .newThread(() -> {
          send(meanwhile);
          try {
            result.put("done"); // Waits until it is taken, if there is no room for it.
          } catch (InterruptedException e) {
            // Never happens: no other code knows this thread.
          }
        })
        .start();
    if (isSlow) {
      var _ = result.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      abandoned.countDown();
    } else {
      var _ = result.take();
    }
  }

  private void send(Runnable meanwhile) {
    try {
      sender.send(meanwhile);
    } catch (Throwable e) {
      fail(e);
    } finally {
      answered.countDown();
    }
  }

  private void awaitOthers() {
    connected.countDown();
    await(connected);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends all waiting after a failure. */
  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
    jobs.close();
    release(connected);
    release(answered);
  }

  private static void release(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      latch.countDown();
    }
  }

  /**
   * Puts all jobs, and waits until each has been answered, abandoned ones too.
   *
   * @throws InterruptedException if interrupted while waiting
   */
  public void feed() throws InterruptedException {
    boolean open = true;
    for (int i = 0; i < requests && open; i++) {
      open = jobs.put(Message.SEND);
    }
    answered.await();
  }

  /**
   * {@return whether all workers are waiting at this moment, as they do for jobs} A worker that is
   * being woken counts as waiting, too.
   */
  public boolean isIdle() {
    return crew.stream().allMatch(worker -> worker.getState() == Thread.State.WAITING);
  }

  /**
   * Ends the run as its variant does.
   *
   * @throws InterruptedException if interrupted while waiting for workers
   */
  public void end() throws InterruptedException {
    switch (variant) {
      case UNCLOSED -> {
        // The missing close is the leak.
      }
      case CLOSE, ABANDONED_RESULT, BUFFERED_RESULT, CLOSED_CONNECTIONS -> {
        jobs.close();
        joinCrew();
        sender.close();
      }
      case POISON -> {
        for (int i = 0; i < workers; i++) {
          jobs.put(Message.END);
        }
        joinCrew();
        sender.close();
      }
      case INTERRUPT -> {
        crew.forEach(Thread::interrupt);
        joinCrew();
        sender.close();
      }
      case STRUCTURED -> {
        // Closed in reverse order; closing the scope waits for its threads.
        try (sender;
            scope;
            jobs) {}
      }
      case IDLE_CONNECTIONS -> {
        jobs.close();
        joinCrew();
      }
    }
  }

  private void joinCrew() throws InterruptedException {
    for (Thread worker : crew) {
      worker.join();
    }
  }
}

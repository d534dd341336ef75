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
 * The benchmark of the post: workers take jobs from a queue and send a request for each. {@link
 * Variant} says how it ends.
 *
 * <p>All workers have their first request under way at the same time, so that there are as many
 * connections as workers. Its steps come in order, from one thread, once each.
 */
public final class WorkerRun {

  /** How the names of the workers begin. */
  public static final String WORKER_NAME = "gb-worker-";

  /** How the names of the threads begin that make an exchange for a worker. */
  public static final String SENDER_NAME = "gb-sender-";

  /** How long a worker waits for the result that never is in time. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private static final int CAPACITY = 1024;

  private enum Job {
    REQUEST,
    END
  }

  private final Variant variant;
  private final int workers;
  private final int requests;
  private final Sender sender;
  private final ThreadFactory workerThreads;
  private final ThreadFactory senderThreads;
  private final JobQueue<Job> jobs = new JobQueue<>(CAPACITY);
  private final List<Thread> crew = new ArrayList<>();
  private final @Nullable ExecutorService scope;
  private final CountDownLatch connected;
  private final CountDownLatch answered;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * Prepares a run.
   *
   * @param variant how it ends
   * @param threads what its workers run on
   * @param workers how many there are, at least 1
   * @param requests how many requests they send together: at least one each, or none at all
   * @param sender how; it belongs to the run, which closes it or forgets to
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
   * Starts the workers, has all requests sent, and ends.
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
      for (Job job = jobs.take(); job == Job.REQUEST; job = jobs.take()) {
        exchange(first);
        first = false;
      }
    } catch (InterruptedException e) {
      // This is how one of the variants ends.
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

  /** The first exchange of each worker takes longer than its patience lasts. */
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
            result.put("done"); // Waits for a taker, if there is no room for it.
          } catch (InterruptedException e) {
            // Nobody knows this thread, so nobody interrupts it.
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

  /** Lets nobody wait for what will not come any more. */
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
   * Puts all jobs, and waits until each has been answered, even if nobody waits for it any more.
   */
  public void feed() throws InterruptedException {
    boolean open = true;
    for (int i = 0; i < requests && open; i++) {
      open = jobs.put(Job.REQUEST);
    }
    answered.await();
  }

  /**
   * Returns whether all workers stand still at this moment, as they do when they wait for jobs.
   * Somebody who has just been woken may look the same.
   */
  public boolean isIdle() {
    return crew.stream().allMatch(worker -> worker.getState() == Thread.State.WAITING);
  }

  /** Ends the run, in the way of its variant. */
  public void end() throws InterruptedException {
    switch (variant) {
      case UNCLOSED -> {
        // The whole leak is what is not here.
      }
      case CLOSE, ABANDONED_RESULT, BUFFERED_RESULT, CLOSED_CONNECTIONS -> {
        jobs.close();
        joinCrew();
        sender.close();
      }
      case POISON -> {
        for (int i = 0; i < workers; i++) {
          jobs.put(Job.END);
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
        // Closed in reverse. To close the scope is to wait for its threads.
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

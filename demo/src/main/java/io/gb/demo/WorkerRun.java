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
 * <p>Its three steps come in order, from one thread, once each.
 */
public final class WorkerRun {

  /** How long a worker waits for a slow result before it gives it up. */
  public static final Duration PATIENCE = Duration.ofMillis(50);

  /** How long a slow answer takes: so much longer that it is never in time. */
  public static final Duration SLOW = PATIENCE.multipliedBy(10);

  /** How the names of the workers begin. */
  public static final String WORKER_NAME = "gb-worker-";

  /** How the names of the threads begin that make an exchange for a worker. */
  public static final String SENDER_NAME = "gb-sender-";

  private static final int CAPACITY = 1024;

  private enum Job {
    REQUEST,
    END
  }

  private final Variant variant;
  private final int workers;
  private final int requests;
  private final Sender sender;
  private final JobQueue<Job> jobs = new JobQueue<>(CAPACITY);
  private final List<Thread> crew = new ArrayList<>();
  private final ExecutorService scope;
  private final ThreadFactory threads;
  private final ThreadFactory senders;
  private final CountDownLatch answered;
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

  /**
   * Prepares a run.
   *
   * @param variant how it ends
   * @param threads what its workers run on
   * @param workers how many there are, at least 1
   * @param requests how many requests they send together, at least 0
   * @param sender how; it belongs to the run, which closes it or forgets to
   */
  public WorkerRun(Variant variant, ThreadKind threads, int workers, int requests, Sender sender) {
    this.variant = variant;
    this.workers = workers;
    this.requests = requests;
    this.sender = sender;
    this.threads = threads.factory(WORKER_NAME);
    senders = threads.factory(SENDER_NAME);
    scope = Executors.newThreadPerTaskExecutor(this::hire);
    answered = new CountDownLatch(requests);
  }

  /**
   * Starts the workers, has all requests sent, and ends.
   *
   * @throws IOException if a request failed
   * @throws InterruptedException if interrupted; what has been started may be left behind
   */
  public void run() throws IOException, InterruptedException {
    start();
    feed();
    IOException first = failure.get();
    end();
    if (first != null) {
      throw first;
    }
  }

  /** Starts the workers, which wait for jobs. */
  public void start() {
    for (int i = 0; i < workers; i++) {
      if (variant == Variant.STRUCTURED) {
        scope.execute(this::work);
      } else {
        hire(this::work).start();
      }
    }
  }

  private Thread hire(Runnable work) {
    Thread worker = threads.newThread(work);
    crew.add(worker);
    return worker;
  }

  /** Returns whether all workers wait at this moment. */
  public boolean isIdle() {
    return crew.stream().allMatch(worker -> worker.getState() == Thread.State.WAITING);
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
    }
  }

  private void exchange(boolean first) throws InterruptedException {
    switch (variant) {
      case ABANDONED_RESULT -> exchangeAside(first, new SynchronousQueue<>());
      case BUFFERED_RESULT -> exchangeAside(first, new ArrayBlockingQueue<>(1));
      default -> send(false);
    }
  }

  /** The first exchange of each worker is too slow for it. */
  private void exchangeAside(boolean slowly, BlockingQueue<String> result)
      throws InterruptedException {
    senders
        .newThread(() -> {
          send(slowly);
          try {
            result.put("done"); // Waits for a taker, if there is no room for it.
          } catch (InterruptedException e) {
            // Nobody knows this thread, so nobody interrupts it.
          }
        })
        .start();
    if (slowly) {
      var _ = result.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } else {
      var _ = result.take();
    }
  }

  private void send(boolean slowly) {
    try {
      if (slowly) {
        sender.sendSlowly();
      } else {
        sender.send();
      }
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    } finally {
      answered.countDown();
    }
  }

  /**
   * Puts all jobs, and waits until each has been answered, even if nobody waits for it any more.
   */
  public void feed() throws InterruptedException {
    for (int i = 0; i < requests; i++) {
      jobs.put(Job.REQUEST);
    }
    answered.await();
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
        // Closed in reverse, whatever happens in the block. To close the scope is to wait for it.
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

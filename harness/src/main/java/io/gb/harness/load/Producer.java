package io.gb.harness.load;

import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Uninterruptibly;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts jobs as fast as the queue and the {@link StartGate} let it, and closes the queue after the
 * last one, so that the workers end.
 *
 * <p>Owns one virtual thread, which is gone after {@link #close()}.
 */
public final class Producer implements AutoCloseable {

  private final JobQueue<Job> jobs;
  private final Job job;
  private final long count;
  private final StartGate gate;
  private final Thread thread;
  private long issued;
  private @Nullable Throwable failure;

  /**
   * Creates a producer that is not started.
   *
   * @param jobs the queue to put jobs into
   * @param job the job to put again and again
   * @param count how many times, at least 1
   * @param gate holds jobs back at the start
   */
  public Producer(JobQueue<Job> jobs, Job job, long count, StartGate gate) {
    this.jobs = jobs;
    this.job = job;
    this.count = count;
    this.gate = gate;
    thread = Thread.ofVirtual().name("gb-producer").unstarted(this::produce);
  }

  /** Starts putting jobs. */
  public void start() {
    thread.start();
  }

  private void produce() {
    long accepted = 0;
    try {
      while (accepted < count && jobs.put(job)) {
        accepted++;
        gate.await(accepted);
      }
    } catch (InterruptedException e) {
      // Only close interrupts: no more jobs are wanted.
    } catch (Throwable e) {
      failure = e;
    } finally {
      issued = accepted;
      jobs.close();
    }
  }

  /**
   * Closes the queue and waits until this producer's thread has ended, which it does at once. May
   * be called again.
   *
   * @return how many jobs the queue has accepted
   */
  public long stop() {
    jobs.close();
    thread.interrupt();
    Uninterruptibly.join(thread);
    return issued;
  }

  /** {@return the unexpected error that ended the thread, known after {@link #stop()}} */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() {
    stop();
  }
}

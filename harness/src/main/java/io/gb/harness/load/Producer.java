package io.gb.harness.load;

import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Uninterruptibly;

/**
 * Puts jobs as fast as the queue takes them, and closes the queue behind the last one: the workers
 * end because nobody lets them wait for more. The first job goes alone, and no more go than the
 * judge has patience for until one of them has succeeded: an address that does not work is tried
 * that often, not by all connections at once.
 *
 * <p>Owns one virtual thread, which is gone after {@link #close()}.
 */
public final class Producer implements AutoCloseable {

  private final JobQueue<Job> jobs;
  private final Job job;
  private final long count;
  private final Judge judge;
  private final Thread thread;
  private volatile long issued;

  /**
   * Creates a producer that is not started.
   *
   * @param jobs where the jobs go
   * @param job the job to put again and again
   * @param count how often, at least 1
   * @param judge knows what became of the first jobs
   */
  public Producer(JobQueue<Job> jobs, Job job, long count, Judge judge) {
    this.jobs = jobs;
    this.job = job;
    this.count = count;
    this.judge = judge;
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
        judge.awaitLeaveToPass(accepted);
      }
    } catch (InterruptedException e) {
      // Only close interrupts: no more jobs are wanted.
    } finally {
      issued = accepted;
      jobs.close();
    }
  }

  /** Closes the queue and waits until this producer's thread has ended, which it does at once. */
  public void stop() {
    jobs.close();
    thread.interrupt();
    Uninterruptibly.join(thread);
  }

  /** Does the same as {@link #stop()}. */
  @Override
  public void close() {
    stop();
  }

  /** Returns how many jobs the queue has accepted; final after {@link #stop()}. */
  public long issued() {
    return issued;
  }
}

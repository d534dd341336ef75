package io.gb.harness.http.loop;

import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Uninterruptibly;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes jobs from a queue for a loop, which must not wait. While the queue is empty, a virtual
 * thread waits for the next job and wakes the loop when it has one.
 *
 * <p>If the queue holds many jobs, several are taken at a time: at most one for each of the loop's
 * connections, and together with the other loops at most half of the queue, because no other loop
 * can have the jobs in this stock.
 *
 * <p>The loop's thread calls everything.
 */
final class JobFeed {

  /*
   * The waiting thread is asked for a job when poll finds none, and is done when it has answered.
   * In between, the loop takes nothing from the queue itself: the answer could then arrive when the
   * loop has no idle connection left, and would lie here while those of another loop are idle.
   */

  private final JobQueue<Job> jobs;
  private final int sharers;
  private final Runnable wakeUp;
  private final Consumer<Throwable> onFailure;
  private final Thread waiting;
  private final @Nullable Job[] stock;
  private int next;
  private int end;
  private volatile boolean asked;
  private volatile boolean ended;
  private volatile @Nullable Job answer;

  /**
   * Creates a feed that has not started.
   *
   * @param jobs the queue to take jobs from
   * @param sharers how many loops take from that queue
   * @param connections how many connections the loop has
   * @param name the name of the thread that waits
   * @param wakeUp is run when {@link #poll} may return a job again
   * @param onFailure is called if waiting fails with an unexpected error
   */
  JobFeed(
      JobQueue<Job> jobs,
      int sharers,
      int connections,
      String name,
      Runnable wakeUp,
      Consumer<Throwable> onFailure) {
    this.jobs = jobs;
    this.sharers = sharers;
    this.wakeUp = wakeUp;
    this.onFailure = onFailure;
    stock = new Job[connections];
    waiting = Thread.ofVirtual().name(name).unstarted(this::answer);
  }

  void start() {
    waiting.start();
  }

  /**
   * Returns a job, or null if there is none now; the loop is woken when that has changed.
   *
   * @param most how many jobs the loop can use now, 1 to the number of its connections
   */
  @Nullable Job poll(int most) {
    if (next == end && !restock(most)) {
      return null;
    }
    Job job = stock[next];
    stock[next] = null;
    next++;
    return job;
  }

  private boolean restock(int most) {
    if (asked || ended) {
      return false;
    }
    next = 0;
    Job answered = answer;
    if (answered != null) {
      answer = null;
      stock[0] = answered;
      end = 1;
      return true;
    }
    end = jobs.drainTo(stock, Math.clamp(jobs.size() / (2 * sharers), 1, most));
    if (end == 0) {
      asked = true;
      LockSupport.unpark(waiting);
    }
    return end > 0;
  }

  /** Returns whether the queue is closed and drained, and no job is left here. */
  boolean hasEnded() {
    return ended;
  }

  private void answer() {
    try {
      while (!ended) {
        while (!asked) {
          LockSupport.park(this);
          if (Thread.interrupted()) {
            return;
          }
        }
        Job job = jobs.take();
        answer = job;
        ended = job == null;
        asked = false;
        wakeUp.run();
      }
    } catch (InterruptedException e) {
      // Only recall interrupts: no job is wanted any more.
    } catch (Throwable e) {
      onFailure.accept(e);
    }
  }

  /**
   * Ends the waiting.
   *
   * @return how many jobs were taken from the queue and not polled
   */
  int recall() {
    waiting.interrupt();
    Uninterruptibly.join(waiting);
    int left = end - next + (answer == null ? 0 : 1);
    next = end;
    answer = null;
    return left;
  }
}

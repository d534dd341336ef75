package io.gb.harness.http.loop;

import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Uninterruptibly;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Gives a loop the jobs of a queue without letting it wait. When there is none, a virtual thread
 * waits in its stead and wakes the loop.
 *
 * <p>From a queue that holds many, it takes several at a time, at most one for each of the loop's
 * connections and no more than its share of half of them: what it has in stock, others can't have.
 *
 * <p>The loop's thread calls everything.
 */
final class JobFeed {

  /*
   * A question is out from the moment poll finds nothing to the moment the waiting thread has answered it.
   * Meanwhile the loop takes nothing from the queue itself: the answer would come when the loop has
   * no use for it any more, and lie here while another loop's connections are idle.
   */

  private final JobQueue<Job> jobs;
  private final int sharers;
  private final Runnable wakeUp;
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
   * @param jobs where the jobs come from
   * @param sharers how many loops take from there
   * @param connections how many connections the loop has
   * @param name the name of the thread that waits
   * @param wakeUp is run when {@link #poll} has something new to say
   */
  JobFeed(JobQueue<Job> jobs, int sharers, int connections, String name, Runnable wakeUp) {
    this.jobs = jobs;
    this.sharers = sharers;
    this.wakeUp = wakeUp;
    stock = new Job[connections];
    waiting = Thread.ofVirtual().name(name).unstarted(this::answer);
  }

  void start() {
    waiting.start();
  }

  /**
   * Returns a job, or null if there is none now; the loop is woken when that has changed.
   *
   * @param most how many jobs the loop may have a use for, 1 to the number of its connections
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

  /** Whether the queue is closed and drained, and nothing of it left here. */
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

package io.gb.harness.job;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Negative controls: the questions of {@link JobQueueStress} to queues that get them wrong. {@link
 * JobQueueStressMain} expects jcstress to reject every one of them.
 */
public final class BrokenQueueStress {

  private BrokenQueueStress() {}

  /** Keeps the closed flag in a field of its own, as a straightforward queue would. */
  private static final class FlagBesideQueue {
    private final Queue<Integer> elements = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    boolean offer(Integer element) {
      return !closed && elements.add(element);
    }

    void close() {
      closed = true;
    }

    @Nullable Integer poll() {
      return elements.poll();
    }
  }

  /** Looks at the element in one step and removes it in another. */
  private static final class SlowHand {
    private volatile int element = 1;

    int poll() {
      int head = element;
      element = 0;
      return head;
    }
  }

  /** As {@link JobQueueStress.OfferAndClose}. */
  @JCStressTest
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Accepted and handed out.")
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Closed first.")
  @Outcome(id = "true, false", expect = FORBIDDEN, desc = "Lost.")
  @Outcome(id = "false, true", expect = FORBIDDEN, desc = "Handed out though not accepted.")
  @State
  public static class OfferAndClose {
    private final FlagBesideQueue queue = new FlagBesideQueue();

    /** Offers. */
    @Actor
    public void offer(ZZ_Result result) {
      result.r1 = queue.offer(1);
    }

    /** Closes and drains. */
    @Actor
    public void closeAndDrain(ZZ_Result result) {
      queue.close();
      result.r2 = queue.poll() != null;
    }
  }

  /** As {@link JobQueueStress.LastElement}. */
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One has it.")
  @Outcome(expect = FORBIDDEN, desc = "Both or none have it.")
  @State
  public static class LastElement {
    private final SlowHand queue = new SlowHand();

    /** Takes. */
    @Actor
    public void first(II_Result result) {
      result.r1 = queue.poll();
    }

    /** Takes as well. */
    @Actor
    public void second(II_Result result) {
      result.r2 = queue.poll();
    }
  }
}

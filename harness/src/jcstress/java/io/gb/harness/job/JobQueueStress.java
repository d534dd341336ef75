package io.gb.harness.job;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What two threads may see of a {@link JobQueue}. A test that hangs fails, too. */
public final class JobQueueStress {

  private static final Integer ONE = 1;

  private JobQueueStress() {}

  /** Something whose fields nobody but the queue publishes. */
  private static final class Parcel {
    int first = 1;
    int second = 2;

    int sum() {
      return first + second;
    }
  }

  private static <E> @Nullable E take(JobQueue<E> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    }
  }

  private static <E> boolean put(JobQueue<E> queue, E element) {
    try {
      return queue.put(element);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    }
  }

  private static int zeroIfNull(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  /** A taker waits for the element and sees all that was written before it was put. */
  @JCStressTest
  @Outcome(id = "3", expect = ACCEPTABLE, desc = "The element with its fields.")
  @Outcome(expect = FORBIDDEN, desc = "No element, or a half-written one.")
  @State
  public static class HandOver {
    private final JobQueue<Parcel> queue = new JobQueue<>(2);

    /** Puts. */
    @Actor
    public void put() {
      JobQueueStress.put(queue, new Parcel());
    }

    /** Takes. */
    @Actor
    public void take(I_Result result) {
      Parcel parcel = JobQueueStress.take(queue);
      result.r1 = parcel == null ? 0 : parcel.sum();
    }
  }

  /** The same without waiting. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "Polled before it was offered.")
  @Outcome(id = "3", expect = ACCEPTABLE, desc = "The element with its fields.")
  @Outcome(expect = FORBIDDEN, desc = "A half-written element.")
  @State
  public static class HandOverWithoutWaiting {
    private final JobQueue<Parcel> queue = new JobQueue<>(2);

    /** Offers. */
    @Actor
    public void offer() {
      queue.offer(new Parcel());
    }

    /** Polls. */
    @Actor
    public void poll(I_Result result) {
      Parcel parcel = queue.poll();
      result.r1 = parcel == null ? 0 : parcel.sum();
    }
  }

  /** Two takers, one last element. */
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One has it, one knows the end.")
  @Outcome(expect = FORBIDDEN, desc = "Both or none have it.")
  @State
  public static class LastElement {
    private final JobQueue<Integer> queue = new JobQueue<>(2);

    /** Prepares the queue. */
    public LastElement() {
      queue.offer(ONE);
      queue.close();
    }

    /** Takes. */
    @Actor
    public void first(II_Result result) {
      result.r1 = zeroIfNull(take(queue));
    }

    /** Takes as well. */
    @Actor
    public void second(II_Result result) {
      result.r2 = zeroIfNull(take(queue));
    }
  }

  /** An offer and a close: accepted means handed out. */
  @JCStressTest
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Accepted and handed out.")
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Closed first.")
  @Outcome(id = "true, false", expect = FORBIDDEN, desc = "Lost.")
  @Outcome(id = "false, true", expect = FORBIDDEN, desc = "Handed out though not accepted.")
  @State
  public static class OfferAndClose {
    private final JobQueue<Integer> queue = new JobQueue<>(2);

    /** Offers. */
    @Actor
    public void offer(ZZ_Result result) {
      result.r1 = queue.offer(ONE);
    }

    /** Closes and drains, until it is told the end. */
    @Actor
    public void closeAndDrain(ZZ_Result result) {
      queue.close();
      while (take(queue) != null) {
        result.r2 = true;
      }
    }
  }

  /** A take and a close with an element inside: it is not lost to the close. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The element.")
  @Outcome(expect = FORBIDDEN, desc = "The end before the element.")
  @State
  public static class TakeAndClose {
    private final JobQueue<Integer> queue = new JobQueue<>(2);

    /** Prepares the queue. */
    public TakeAndClose() {
      queue.offer(ONE);
    }

    /** Takes. */
    @Actor
    public void take(I_Result result) {
      result.r1 = zeroIfNull(JobQueueStress.take(queue));
    }

    /** Closes. */
    @Actor
    public void close() {
      queue.close();
    }
  }

  /** A take that waits is ended by a close. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "The end.")
  @Outcome(expect = FORBIDDEN, desc = "An element out of nothing.")
  @State
  public static class WaitAndClose {
    private final JobQueue<Integer> queue = new JobQueue<>(2);

    /** Takes. */
    @Actor
    public void take(I_Result result) {
      result.r1 = zeroIfNull(JobQueueStress.take(queue));
    }

    /** Closes. */
    @Actor
    public void close() {
      queue.close();
    }
  }

  /** Two offers, one free slot. */
  @JCStressTest
  @Outcome(
      id = {"true, false", "false, true"},
      expect = ACCEPTABLE,
      desc = "One is accepted.")
  @Outcome(expect = FORBIDDEN, desc = "Both or none are accepted.")
  @State
  public static class OneFreeSlot {
    private final JobQueue<Integer> queue = new JobQueue<>(2);

    /** Prepares the queue. */
    public OneFreeSlot() {
      queue.offer(ONE);
    }

    /** Offers. */
    @Actor
    public void first(ZZ_Result result) {
      result.r1 = queue.offer(ONE);
    }

    /** Offers as well. */
    @Actor
    public void second(ZZ_Result result) {
      result.r2 = queue.offer(ONE);
    }
  }

  /** A put that waits for room goes on after one take. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Accepted, behind the others.")
  @Outcome(expect = FORBIDDEN, desc = "Not accepted, or out of order.")
  @State
  public static class WaitForRoom {
    private final JobQueue<Integer> queue = new JobQueue<>(2);

    /** Prepares the queue. */
    public WaitForRoom() {
      queue.offer(ONE);
      queue.offer(2);
    }

    /** Puts. */
    @Actor
    public void put() {
      JobQueueStress.put(queue, 3);
    }

    /** Takes one. */
    @Actor
    public void take(II_Result result) {
      result.r1 = zeroIfNull(JobQueueStress.take(queue));
    }

    /** Takes the next when both are done. */
    @Arbiter
    public void next(II_Result result) {
      int next = zeroIfNull(queue.poll());
      result.r2 = zeroIfNull(queue.poll()) == 3 ? next : 0;
    }
  }
}

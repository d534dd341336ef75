package io.gb.harness.job;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bounded FIFO queue that can be closed, for many producers and many consumers.
 *
 * <p>After {@link #close()} no element is accepted any more, the elements already accepted are
 * still handed out, and then every present and future {@link #take()} returns {@code null}. An
 * accepted element is handed out exactly once, whatever closing and interrupts happen beside it.
 *
 * <p>Thread-safe, for platform and virtual threads alike. Passing an element on allocates nothing
 * while the queue is neither empty nor full.
 *
 * @param <E> the type of the elements
 */
public final class JobQueue<E> implements AutoCloseable {

  /*
   * A ring of slots, each with a turn that says who may use it (D. Vyukov's bounded MPMC queue). The
   * slot of ticket t is free for a producer when turn == t and filled for a consumer when
   * turn == t + 1; the consumer frees it for the next round with turn == t + slots. Producers draw
   * tickets from tail and consumers from head by compare-and-set.
   *
   * Closing sets the sign bit of tail. A producer's compare-and-set expects a tail without it, so
   * tail is frozen from that moment on: every ticket below it was drawn before the close and will
   * be filled, and none is drawn after it. "Closed and head == tail" is therefore final, and it
   * cannot hold while an accepted element is still being put. With the closed flag in a field of its
   * own, a producer could draw a ticket after a consumer has read the flag and before it reads tail,
   * and the element would be lost.
   *
   * Threads wait in Waiters, one for producers and one for consumers, which must be woken after every
   * change of a turn. One waiter is woken at a time, and each thread that succeeds wakes the next if
   * the condition still holds: a burst of elements costs as many wake-ups as it needs, not one for
   * each element. The end of the queue is passed on in the same way, because all threads that close
   * has woken wait again if an element was still being put at that moment.
   */

  private static final long CLOSED = Long.MIN_VALUE;
  private static final long NONE = -1;

  /** 128 bytes: processors fetch cache lines of 64 in pairs. */
  private static final int LINE = 128 / Long.BYTES;

  private static final int HEAD = LINE;
  private static final int TAIL = 2 * LINE;
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final @Nullable Object[] elements;
  private final long[] turns;
  private final int mask;

  /** Head and tail, each on a cache line of its own, so that neither side slows down the other. */
  private final long[] cursors = new long[3 * LINE];

  private final Waiters takers = new Waiters(this::isTakeable);
  private final Waiters putters = new Waiters(this::isPuttable);

  /**
   * Creates an open, empty queue.
   *
   * @param capacity how many elements it holds at least, 1 to 2^30; rounded up to a power of two,
   *     at least 2
   * @throws IllegalArgumentException if the capacity is out of range
   */
  public JobQueue(int capacity) {
    Checks.require(
        capacity >= 1 && capacity <= 1 << 30, "capacity must be between 1 and 2^30", capacity);
    // In a ring of one slot, "filled" (t + 1) and "free for the next round" (t + slots) are equal.
    int slots = Math.max(2, Integer.highestOneBit(capacity - 1) << 1);
    elements = new Object[slots];
    turns = new long[slots];
    for (int i = 0; i < slots; i++) {
      turns[i] = i;
    }
    mask = slots - 1;
  }

  /**
   * Adds an element at the tail, waiting while the queue is full.
   *
   * @param element the element, not null
   * @return true once the element is accepted, false if the queue was closed before that
   * @throws InterruptedException if interrupted while waiting for room; the element is not accepted
   */
  public boolean put(E element) throws InterruptedException {
    while (!offer(element)) {
      if (isClosed()) {
        return false;
      }
      putters.await();
    }
    return true;
  }

  /**
   * Adds an element at the tail if the queue is open and has room. Never waits.
   *
   * @param element the element, not null
   * @return whether the element was accepted
   */
  public boolean offer(E element) {
    Objects.requireNonNull(element, "element");
    long ticket = drawForPut();
    if (ticket == NONE) {
      return false;
    }
    fill(ticket, element);
    return true;
  }

  /**
   * Removes the element at the head, waiting while the queue is open and empty.
   *
   * @return the element, or null if the queue is closed and drained: no more will ever come
   * @throws InterruptedException if interrupted while waiting for an element; none is consumed
   */
  public @Nullable E take() throws InterruptedException {
    while (true) {
      E element = poll();
      if (element != null) {
        return element;
      }
      if (isDrained()) {
        takers.wakeOneIfReady();
        return null;
      }
      takers.await();
    }
  }

  /**
   * Removes the element at the head if there is one. Never waits.
   *
   * @return the element, or null if there is none now
   */
  public @Nullable E poll() {
    long ticket = drawForTake();
    if (ticket == NONE) {
      return null;
    }
    @Nullable E element = release(ticket);
    onRoom();
    return element;
  }

  /**
   * Removes as many elements from the head as there are, up to a limit. Never waits; wakes
   * producers once for all of the elements.
   *
   * @param target gets the elements, from its start on
   * @param most how many to remove at most, 0 to the length of the target
   * @return how many were removed, possibly 0
   */
  public int drainTo(@Nullable E[] target, int most) {
    while (true) {
      long ticket = head();
      int count = 0;
      while (count < most && isFilled(ticket + count)) {
        count++;
      }
      if (count == 0 && head() == ticket) {
        return 0;
      }
      if (count > 0 && LONGS.compareAndSet(cursors, HEAD, ticket, ticket + count)) {
        for (int i = 0; i < count; i++) {
          target[i] = release(ticket + i);
        }
        onRoom();
        return count;
      }
    }
  }

  private boolean isFilled(long ticket) {
    return (long) LONGS.getVolatile(turns, (int) ticket & mask) == ticket + 1;
  }

  /**
   * Draws the ticket for an element. The element is then accepted, so {@link #fill} must follow.
   * Two steps, so that a test can stop a producer between them.
   *
   * @return the ticket, or negative if the queue is closed or full
   */
  long drawForPut() {
    while (true) {
      long ticket = tail();
      if (ticket < 0) {
        return NONE;
      }
      long turn = (long) LONGS.getVolatile(turns, (int) ticket & mask);
      if (turn < ticket) {
        return NONE;
      }
      if (turn == ticket && LONGS.compareAndSet(cursors, TAIL, ticket, ticket + 1)) {
        return ticket;
      }
    }
  }

  /** Puts the element into the slot of its ticket, and passes the slot to the consumers. */
  void fill(long ticket, E element) {
    int slot = (int) ticket & mask;
    elements[slot] = element;
    LONGS.setVolatile(turns, slot, ticket + 1);
    takers.wakeOne();
    putters.wakeOneIfReady();
  }

  private long drawForTake() {
    while (true) {
      long ticket = head();
      long turn = (long) LONGS.getVolatile(turns, (int) ticket & mask);
      if (turn <= ticket) {
        return NONE;
      }
      if (turn == ticket + 1 && LONGS.compareAndSet(cursors, HEAD, ticket, ticket + 1)) {
        return ticket;
      }
    }
  }

  /** Takes the element out of the slot of its ticket, and passes the slot to the producers. */
  private @Nullable E release(long ticket) {
    int slot = (int) ticket & mask;
    @SuppressWarnings("unchecked") // only fill writes here
    E element = (E) elements[slot];
    elements[slot] = null;
    LONGS.setVolatile(turns, slot, ticket + elements.length);
    return element;
  }

  private void onRoom() {
    putters.wakeOne();
    takers.wakeOneIfReady();
  }

  /**
   * Closes the queue: from now on no element is accepted, the accepted ones are still handed out.
   * May be called again; never waits for a producer or a consumer.
   */
  @Override
  public void close() {
    long ticket;
    do {
      ticket = tail();
    } while (ticket >= 0 && !LONGS.compareAndSet(cursors, TAIL, ticket, ticket | CLOSED));
    takers.wakeAll();
    putters.wakeAll();
  }

  /** {@return whether {@link #close()} was called} */
  public boolean isClosed() {
    return tail() < 0;
  }

  /** {@return how many elements the queue holds, which may change while other threads use it} */
  public int size() {
    long taken = head();
    return (int) Math.max(0, Math.min(elements.length, (tail() & ~CLOSED) - taken));
  }

  private long head() {
    return (long) LONGS.getVolatile(cursors, HEAD);
  }

  private long tail() {
    return (long) LONGS.getVolatile(cursors, TAIL);
  }

  private boolean isDrained() {
    long ticket = tail();
    return ticket < 0 && (ticket & ~CLOSED) == head();
  }

  /** Returns whether a take may end now; may also return true while other threads move the head. */
  private boolean isTakeable() {
    long ticket = head();
    return (long) LONGS.getVolatile(turns, (int) ticket & mask) > ticket || isDrained();
  }

  /** Returns whether a put may end now; may also return true while other threads move the tail. */
  private boolean isPuttable() {
    long ticket = tail();
    return ticket < 0 || (long) LONGS.getVolatile(turns, (int) ticket & mask) >= ticket;
  }
}

package io.gb.harness.job;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A simple closable queue, all under one monitor, with one planted fault; where the fault is a gap
 * between two steps, the gap is wide.
 */
final class FaultyQueue<E> implements ClosableQueue<E> {

  /** What is wrong with it. */
  enum Plant {
    /** Nothing: the simple queue itself is right. */
    NONE,
    /** Looks whether it is closed in one step and adds in another. */
    ADDS_AFTER_CLOSE,
    /** Looks at the head in one step and removes it in another. */
    HANDS_OUT_TWICE,
    /** Hands out the newest element first. */
    LAST_IN_FIRST_OUT,
    /** Adds the element although its put was interrupted. */
    ACCEPTS_INTERRUPTED,
    /** Removes an element although its take is interrupted. */
    LOSES_INTERRUPTED,
    /** Wakes only one of those who wait when it is closed. */
    CLOSE_WAKES_ONE,
    /** Tells a taker that no more will come when it was closed, though not drained. */
    FORGETS_TO_DRAIN
  }

  private static final int GAP = 20;

  private final Plant plant;
  private final int capacity;
  private final Deque<E> elements = new ArrayDeque<>();
  private boolean closed;

  FaultyQueue(Plant plant, int capacity) {
    this.plant = plant;
    this.capacity = capacity;
  }

  @Override
  public boolean put(E element) throws InterruptedException {
    synchronized (this) {
      while (!closed && elements.size() >= capacity) {
        try {
          wait();
        } catch (InterruptedException e) {
          if (plant == Plant.ACCEPTS_INTERRUPTED && !closed) {
            add(element);
          }
          throw e;
        }
      }
    }
    return offer(element) || (!isClosed() && put(element));
  }

  @Override
  public boolean offer(E element) {
    if (plant == Plant.ADDS_AFTER_CLOSE) {
      if (isClosed()) {
        return false;
      }
      gap();
    }
    synchronized (this) {
      if ((closed && plant != Plant.ADDS_AFTER_CLOSE) || elements.size() >= capacity) {
        return false;
      }
      add(element);
      return true;
    }
  }

  private synchronized void add(E element) {
    elements.addLast(element);
    notifyAll();
  }

  @Override
  public @Nullable E take() throws InterruptedException {
    while (true) {
      synchronized (this) {
        while (!closed && elements.isEmpty()) {
          wait();
        }
        if (plant == Plant.LOSES_INTERRUPTED && Thread.interrupted()) {
          elements.pollFirst();
          throw new InterruptedException();
        }
        if (closed && (elements.isEmpty() || plant == Plant.FORGETS_TO_DRAIN)) {
          return null;
        }
      }
      E element = poll();
      if (element != null) {
        return element;
      }
    }
  }

  @Override
  public @Nullable E poll() {
    if (plant == Plant.HANDS_OUT_TWICE) {
      E head;
      synchronized (this) {
        head = elements.peekFirst();
      }
      gap();
      synchronized (this) {
        elements.pollFirst();
        notifyAll();
      }
      return head;
    }
    synchronized (this) {
      notifyAll();
      return plant == Plant.LAST_IN_FIRST_OUT ? elements.pollLast() : elements.pollFirst();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (plant == Plant.CLOSE_WAKES_ONE) {
      notify();
    } else {
      notifyAll();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  @SuppressWarnings("ThreadPriorityCheck") // widens a gap, nothing relies on it
  private static void gap() {
    for (int i = 0; i < GAP; i++) {
      Thread.yield();
    }
  }
}

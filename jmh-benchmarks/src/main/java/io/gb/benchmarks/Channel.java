package io.gb.benchmarks;

import io.gb.harness.job.JobQueue;
import java.util.concurrent.BlockingQueue;
import org.jctools.queues.MpscBlockingConsumerArrayQueue;
import org.jspecify.annotations.Nullable;

/** The operations of a queue under measurement that a producer and its consumers use. */
interface Channel {

  /** Adds an element; blocks while the queue is full. */
  void put(Object element) throws InterruptedException;

  /** Removes an element; blocks while the queue is empty. Null once it is ended and empty. */
  @Nullable Object take() throws InterruptedException;

  /** Makes {@link #take} return null to every consumer once the queue is empty. */
  void end(int consumers) throws InterruptedException;

  /** A queue that can be closed. */
  record Closable(JobQueue<Object> queue) implements Channel {

    @Override
    public void put(Object element) throws InterruptedException {
      queue.put(element);
    }

    @Override
    public @Nullable Object take() throws InterruptedException {
      return queue.take();
    }

    @Override
    public void end(int consumers) {
      queue.close();
    }
  }

  /** A queue that cannot be closed: an element that marks the end is added for each consumer. */
  record Endless(BlockingQueue<Object> queue) implements Channel {

    private static final Object END = new Object();

    @Override
    public void put(Object element) throws InterruptedException {
      queue.put(element);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // one instance marks the end
    public @Nullable Object take() throws InterruptedException {
      Object element = queue.take();
      return element == END ? null : element;
    }

    @Override
    public void end(int consumers) throws InterruptedException {
      for (int i = 0; i < consumers; i++) {
        queue.put(END);
      }
    }
  }

  /** A queue for one consumer that cannot block while full: its producers yield instead. */
  record SingleConsumer(MpscBlockingConsumerArrayQueue<Object> queue) implements Channel {

    private static final Object END = new Object();

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // the queue has no blocking put
    public void put(Object element) {
      while (!queue.offer(element)) {
        Thread.yield();
      }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // one instance marks the end
    public @Nullable Object take() throws InterruptedException {
      Object element = queue.take();
      return element == END ? null : element;
    }

    @Override
    public void end(int consumers) {
      put(END);
    }
  }
}

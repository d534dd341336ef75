package io.gb.benchmarks;

import io.gb.harness.job.JobQueue;
import java.util.concurrent.BlockingQueue;
import org.jctools.queues.MpscBlockingConsumerArrayQueue;
import org.jspecify.annotations.Nullable;

/** A queue under measurement: what a producer and its consumers need of it. */
interface Channel {

  /** Adds an element, waiting for room. */
  void put(Object element) throws InterruptedException;

  /** Removes an element, waiting for one; null once ended and drained. */
  @Nullable Object take() throws InterruptedException;

  /** Lets every consumer end once it has found the queue drained. */
  void end(int consumers) throws InterruptedException;

  /** A queue that knows its end by itself. */
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

  /** A queue without an end: each consumer needs an element that tells it. */
  record Endless(BlockingQueue<Object> queue) implements Channel {

    private static final Object END = new Object();

    @Override
    public void put(Object element) throws InterruptedException {
      queue.put(element);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // one instance means the end
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

  /** A queue for one consumer, without a way to wait for room: its producers yield instead. */
  record SingleConsumer(MpscBlockingConsumerArrayQueue<Object> queue) implements Channel {

    private static final Object END = new Object();

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // the queue offers nothing better
    public void put(Object element) {
      while (!queue.offer(element)) {
        Thread.yield();
      }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // one instance means the end
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

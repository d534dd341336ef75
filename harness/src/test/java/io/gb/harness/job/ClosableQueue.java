package io.gb.harness.job;

import org.jspecify.annotations.Nullable;

/** What {@link RandomRun} needs of a queue, so that it can try one with a planted fault too. */
interface ClosableQueue<E> extends AutoCloseable {

  boolean put(E element) throws InterruptedException;

  boolean offer(E element);

  @Nullable E take() throws InterruptedException;

  @Nullable E poll();

  @Override
  void close();

  static <E> ClosableQueue<E> of(JobQueue<E> queue) {
    return new ClosableQueue<>() {
      @Override
      public boolean put(E element) throws InterruptedException {
        return queue.put(element);
      }

      @Override
      public boolean offer(E element) {
        return queue.offer(element);
      }

      @Override
      public @Nullable E take() throws InterruptedException {
        return queue.take();
      }

      @Override
      public @Nullable E poll() {
        return queue.poll();
      }

      @Override
      public void close() {
        queue.close();
      }
    };
  }
}

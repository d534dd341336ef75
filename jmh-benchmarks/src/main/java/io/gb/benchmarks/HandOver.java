package io.gb.benchmarks;

import io.gb.demo.ThreadKind;
import io.gb.harness.job.Uninterruptibly;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A channel and its consumers, which are started once and ended and joined by {@link #end()}, so
 * that no measurement includes the start of threads and none of them is leaked.
 */
final class HandOver {

  /** Processes an element on the thread of a consumer. */
  interface Work {
    void accept(Object element);
  }

  static final String CONSUMER_NAME = "consumer-";

  private static final Object ELEMENT = new Object();
  private static final Object LAST = new Object();

  private final Channel channel;
  private final Semaphore lastTaken = new Semaphore(0);
  private final List<Thread> consumers;

  HandOver(Channel channel, int consumers, ThreadKind kind, IntFunction<Work> works) {
    this.channel = channel;
    ThreadFactory threads = kind.factory(CONSUMER_NAME);
    this.consumers =
        IntStream.range(0, consumers)
            .mapToObj(i -> {
              Work work = works.apply(i);
              return threads.newThread(() -> consume(work));
            })
            .toList();
    this.consumers.forEach(Thread::start);
  }

  @SuppressWarnings("ReferenceEquality") // one instance marks the end of a batch
  private void consume(Work work) {
    try {
      @Nullable Object element;
      while ((element = channel.take()) != null) {
        work.accept(element);
        if (element == LAST) {
          lastTaken.release();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("consumers are never interrupted", e);
    }
  }

  /** Puts elements and waits until all of them were taken. */
  void pass(int elements) throws InterruptedException {
    for (int i = 1; i < elements; i++) {
      channel.put(ELEMENT);
    }
    channel.put(LAST);
    lastTaken.acquire();
  }

  /** Ends the consumers and waits until they have ended. */
  void end() throws InterruptedException {
    channel.end(consumers.size());
    consumers.forEach(Uninterruptibly::join);
  }
}

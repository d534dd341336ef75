package io.gb.benchmarks;

import io.gb.harness.job.JobQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import org.jctools.queues.MpscBlockingConsumerArrayQueue;

/** The queues that can be measured. */
public enum QueueKind {
  /** This project's own. */
  JOB_QUEUE,
  /** The JDK's bounded array with one lock for both ends. */
  ARRAY_BLOCKING,
  /** The JDK's bounded list with a lock for each end. */
  LINKED_BLOCKING,
  /** The JDK's lock-free list; unbounded, so its producer never waits. */
  LINKED_TRANSFER,
  /** JCTools' bounded array for a single consumer; its producer yields while it is full. */
  MPSC_BLOCKING;

  /** How many elements a bounded queue holds, as in a run of gb. */
  static final int CAPACITY = 1024;

  Channel open() {
    return switch (this) {
      case JOB_QUEUE -> new Channel.Closable(new JobQueue<>(CAPACITY));
      case ARRAY_BLOCKING -> new Channel.Endless(new ArrayBlockingQueue<>(CAPACITY));
      case LINKED_BLOCKING -> new Channel.Endless(new LinkedBlockingQueue<>(CAPACITY));
      case LINKED_TRANSFER -> new Channel.Endless(new LinkedTransferQueue<>());
      case MPSC_BLOCKING ->
          new Channel.SingleConsumer(new MpscBlockingConsumerArrayQueue<>(CAPACITY));
    };
  }
}

package io.gb.benchmarks;

import io.gb.demo.ThreadKind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Question: what does it cost to hand an element from one producer to 1, 8 or 100 consumers through
 * {@link io.gb.harness.job.JobQueue}, compared with blocking queues of the JDK and of JCTools?
 *
 * <p>One operation is one element, put by the thread of the benchmark and taken by a consumer that
 * does nothing else. An invocation passes a batch much larger than the queue and ends when its last
 * element was taken. The consumers wait between batches and end with the trial.
 *
 * <p>How to read it: less time is better, and only ratios within one run mean anything. With {@code
 * -prof gc}, {@code gc.alloc.rate.norm} is the bytes per element: those of an array queue come from
 * waiting. Consumers that do nothing are far quicker than any worker, so the queue is mostly empty
 * and most of the time is spent on waiting and waking; this is the queue's worst case. {@code
 * LINKED_TRANSFER} has no bound, so its producer never waits.
 *
 * <pre>{@code
 * java -jar jmh-benchmarks/target/benchmarks.jar JobQueueBenchmark -prof gc
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class JobQueueBenchmark {

  private static final int BATCH = 20_000;

  /** A queue that any number of consumers may share. */
  @State(Scope.Benchmark)
  public static class Shared {

    /** The queue under measurement. */
    @Param({"JOB_QUEUE", "ARRAY_BLOCKING", "LINKED_BLOCKING", "LINKED_TRANSFER"})
    public QueueKind queue = QueueKind.JOB_QUEUE;

    /** How many consumers there are. */
    @Param({"1", "8", "100"})
    public int consumers;

    /** What the consumers run on. */
    @Param public ThreadKind threads = ThreadKind.VIRTUAL;

    private HandOver handOver;

    /** Starts the consumers. */
    @Setup
    public void start() {
      handOver = new HandOver(queue.open(), consumers, threads, i -> element -> {});
    }

    /** Ends the consumers. */
    @TearDown
    public void end() throws InterruptedException {
      handOver.end();
    }
  }

  /** A queue for a single consumer. */
  @State(Scope.Benchmark)
  public static class Single {

    /** What the consumer runs on. */
    @Param public ThreadKind threads = ThreadKind.VIRTUAL;

    private HandOver handOver;

    /** Starts the consumer. */
    @Setup
    public void start() {
      handOver = new HandOver(QueueKind.MPSC_BLOCKING.open(), 1, threads, i -> element -> {});
    }

    /** Ends the consumer. */
    @TearDown
    public void end() throws InterruptedException {
      handOver.end();
    }
  }

  /** Passes a batch to any number of consumers. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void handOver(Shared shared) throws InterruptedException {
    shared.handOver.pass(BATCH);
  }

  /** Passes a batch to the only consumer of a JCTools queue. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void handOverJcTools(Single single) throws InterruptedException {
    single.handOver.pass(BATCH);
  }
}

package io.gb.benchmarks;

import io.gb.demo.ThreadKind;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
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
 * Question: what does the harness itself cost per job, with an engine that answers at once?
 *
 * <p>{@code throughWorkers} passes jobs from a producer through the queue to workers on virtual
 * threads, which create the outcome of a good response and record it through checks and recorder.
 * {@code neitherEmptyNorFull} does the same steps in one thread with a queue that stays half full,
 * so that no thread waits, and with outcomes created beforehand, so that all it allocates is
 * allocated by the harness.
 *
 * <p>How to read it: the score is the time per job; its inverse is the largest rate of requests
 * that the harness can send. With {@code -prof gc}, {@code gc.alloc.rate.norm} is the bytes per
 * job: {@code neitherEmptyNorFull} has to stay at 0; {@code throughWorkers} allocates an outcome
 * per job, and the difference between {@code JOB_QUEUE} and {@code ARRAY_BLOCKING} comes from
 * waiting.
 *
 * <pre>{@code
 * java -jar jmh-benchmarks/target/benchmarks.jar HarnessBenchmark -prof gc
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class HarnessBenchmark {

  private static final int BATCH = 20_000;

  /** The workers and their queue. */
  @State(Scope.Benchmark)
  public static class Workers {

    /** The queue between producer and workers. */
    @Param({"JOB_QUEUE", "ARRAY_BLOCKING"})
    public QueueKind queue = QueueKind.JOB_QUEUE;

    /** How many workers there are. */
    @Param({"1", "8", "100"})
    public int workers;

    private HandOver handOver;

    /** Starts the workers. */
    @Setup
    public void start() {
      IntFunction<OutcomeSink> sinks = Outcomes.sinks(workers);
      handOver =
          new HandOver(
              queue.open(), workers, ThreadKind.VIRTUAL, i -> new StubbedWork(sinks.apply(i)));
    }

    /** Ends the workers. */
    @TearDown
    public void end() throws InterruptedException {
      handOver.end();
    }
  }

  private static final class StubbedWork implements HandOver.Work {

    private final OutcomeSink sink;
    private int count;

    StubbedWork(OutcomeSink sink) {
      this.sink = sink;
    }

    @Override
    public void accept(Object element) {
      sink.record(Outcomes.completed(count++));
    }
  }

  /** A queue that is half full, and a sink for outcomes. */
  @State(Scope.Thread)
  public static class HalfFull {

    private static final int OUTCOMES = 256;

    private final JobQueue<Object> queue = new JobQueue<>(QueueKind.CAPACITY);
    private final OutcomeSink sink = Outcomes.sinks(1).apply(0);
    private final Outcome[] outcomes = new Outcome[OUTCOMES];
    private int count;

    /** Fills half of the queue. */
    @Setup
    public void fill() {
      for (int i = 0; i < QueueKind.CAPACITY / 2; i++) {
        queue.offer(i);
      }
      for (int i = 0; i < OUTCOMES; i++) {
        outcomes[i] = Outcomes.completed(i);
      }
    }

    /** Takes a job, records an outcome and puts the job again. */
    Object step() {
      Object job = queue.poll();
      sink.record(outcomes[count++ & (OUTCOMES - 1)]);
      if (job == null || !queue.offer(job)) {
        throw new IllegalStateException("the queue is no longer half full");
      }
      return job;
    }
  }

  /** Passes a batch of jobs from the producer to the workers. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void throughWorkers(Workers workers) throws InterruptedException {
    workers.handOver.pass(BATCH);
  }

  /** Takes a job, records an outcome and puts the job again. */
  @Benchmark
  public Object neitherEmptyNorFull(HalfFull state) {
    return state.step();
  }
}

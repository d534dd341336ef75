package io.gb.benchmarks;

import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Question: what does it cost to record one outcome through judge and recorder, and what does
 * sharing a stripe of the recorder between connections add?
 *
 * <p>{@code alone} records with one thread, {@code sameStripe} with two threads into one stripe,
 * {@code ownStripes} with two threads into a stripe each. All threads pass through one judge, as in
 * a run.
 *
 * <p>How to read it: the score is the time that one thread needs for one outcome. {@code
 * ownStripes} close to {@code alone} means that recording scales; what {@code sameStripe} costs
 * beyond it is the price of sharing, which a run pays only when connections of the same stripe run
 * at the same time. With {@code -prof gc}, all three have to stay at 0 B/op.
 *
 * <pre>{@code
 * java -jar jmh-benchmarks/target/benchmarks.jar RecordingBenchmark -prof gc
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RecordingBenchmark {

  private static final int THREADS = 2;

  /** The recorder of a run. */
  @State(Scope.Benchmark)
  public static class Run {
    private final IntFunction<OutcomeSink> sinks = Outcomes.sinks(THREADS);
  }

  /** The outcomes of a thread, and two sinks for them: a shared stripe and its own. */
  @State(Scope.Thread)
  public static class Connection {

    private static final int OUTCOMES = 256;

    private OutcomeSink shared;
    private OutcomeSink own;
    private final Outcome[] outcomes = new Outcome[OUTCOMES];
    private int count;

    /** Assigns the two sinks of this thread. */
    @Setup
    public void connect(Run run, ThreadParams thread) {
      shared = run.sinks.apply(0);
      own = run.sinks.apply(thread.getThreadIndex());
      for (int i = 0; i < OUTCOMES; i++) {
        outcomes[i] = Outcomes.completed(i);
      }
    }

    private Outcome next() {
      return outcomes[count++ & (OUTCOMES - 1)];
    }
  }

  /** Records with one thread. */
  @Benchmark
  @Threads(1)
  public void alone(Connection connection) {
    connection.own.record(connection.next());
  }

  /** Records with two threads into one stripe. */
  @Benchmark
  @Threads(THREADS)
  public void sameStripe(Connection connection) {
    connection.shared.record(connection.next());
  }

  /** Records with two threads into a stripe each. */
  @Benchmark
  @Threads(THREADS)
  public void ownStripes(Connection connection) {
    connection.own.record(connection.next());
  }
}

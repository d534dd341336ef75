package io.gb.benchmarks;

import io.gb.demo.InstantSender;
import io.gb.demo.ThreadKind;
import io.gb.demo.Variant;
import io.gb.demo.WorkerRun;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Question: how long does each way of ending a run take with 100 workers that wait for jobs?
 *
 * <p>One operation ends a run whose workers all wait, and returns when the last of them has ended.
 * They are started, and seen to be idle twice in a row, outside the measurement.
 *
 * <p>How to read it: less time is better, ratios only. {@code POISON} and {@code INTERRUPT} wake
 * the 100 threads one by one, {@code CLOSE} and {@code STRUCTURED} all at once, after which each of
 * them acquires the queue's lock: that is quickest for virtual threads, and slower than an
 * interrupt of each for platform threads.
 *
 * <pre>{@code
 * java -jar jmh-benchmarks/target/benchmarks.jar ShutdownBenchmark
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 200)
@Measurement(iterations = 200)
@Fork(6)
public class ShutdownBenchmark {

  private static final int WORKERS = 100;

  /** How the run ends. */
  @Param({"CLOSE", "POISON", "INTERRUPT", "STRUCTURED"})
  public Variant variant = Variant.CLOSE;

  /** What the workers run on. */
  @Param public ThreadKind threads = ThreadKind.VIRTUAL;

  private WorkerRun run;

  /** Starts the workers and waits until all of them wait. */
  @Setup(Level.Invocation)
  public void start() throws InterruptedException {
    run = new WorkerRun(variant, threads, WORKERS, 0, new InstantSender());
    run.start();
    for (int idle = 0; idle < 2; idle = run.isIdle() ? idle + 1 : 0) {
      Thread.sleep(1);
    }
  }

  /** Ends the run. */
  @Benchmark
  public void end() throws InterruptedException {
    run.end();
  }
}

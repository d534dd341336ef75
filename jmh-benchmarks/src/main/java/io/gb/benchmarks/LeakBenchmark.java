package io.gb.benchmarks;

import io.gb.demo.InstantSender;
import io.gb.demo.ThreadKind;
import io.gb.demo.Variant;
import io.gb.demo.WorkerRun;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Question: what does a run leave behind that forgets to close its queue, or its results, beside
 * those that do not forget?
 *
 * <p>Workers take jobs from a queue and have no network to talk to, so that only queue and workers
 * count. Each fork runs once, cold: what it leaves would otherwise add up. It is told to keep
 * objects whole, so that a proof can see them all.
 *
 * <p>How to read it: {@code leaks.threads.proven} is the number of threads that can never run
 * again, and has to be the number of workers or 0; {@code leaks.retained.bytes} is what those hold
 * and {@code heap.live.bytes} all that is alive. The time is that of a first run, most of it for
 * loading classes; {@code ABANDONED_RESULT} and {@code BUFFERED_RESULT} lose patience for 50 ms of
 * it.
 *
 * <pre>{@code
 * java -jar jmh-benchmarks/target/benchmarks.jar LeakBenchmark \
 *     -prof io.gb.leaks.jmh.ThreadLeakProfiler -prof gc
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 6, jvmArgsAppend = "-XX:-EliminateAllocations")
public class LeakBenchmark {

  private static final int REQUESTS = 2_000;

  /** How the run ends. Connections do not matter here. */
  @Param({
    "UNCLOSED",
    "CLOSE",
    "POISON",
    "INTERRUPT",
    "STRUCTURED",
    "ABANDONED_RESULT",
    "BUFFERED_RESULT"
  })
  public Variant variant = Variant.UNCLOSED;

  /** What the workers run on. */
  @Param public ThreadKind threads = ThreadKind.VIRTUAL;

  /** How many workers there are. */
  @Param({"10", "100"})
  public int workers;

  /** Runs, and keeps nothing. */
  @Benchmark
  public void run() throws IOException, InterruptedException {
    new WorkerRun(variant, threads, workers, REQUESTS, new InstantSender()).run();
  }
}

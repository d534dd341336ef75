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
 * Question: which threads and how much memory does a run leak that does not close its queue or
 * abandons its results, compared with the fixes?
 *
 * <p>Workers take jobs from a queue and use no network, so that only queue and workers count. Each
 * fork runs once, cold, since leaks of several runs would add up. It runs without scalar
 * replacement, so that the heap dump contains every object.
 *
 * <p>How to read it: {@code leaks.threads.proven} is the number of threads that can never run
 * again, and has to be the number of workers or 0; {@code leaks.retained.bytes} is their retained
 * size and {@code heap.live.bytes} the size of the live heap. The time is that of a first run, most
 * of it for loading classes; {@code ABANDONED_RESULT} and {@code BUFFERED_RESULT} wait for a
 * timeout of 50 ms.
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

  /** How the run ends; variants that leak connections are left out. */
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

  /** Runs once. */
  @Benchmark
  public void run() throws IOException, InterruptedException {
    new WorkerRun(variant, threads, workers, REQUESTS, new InstantSender()).run();
  }
}

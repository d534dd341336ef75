package io.gb.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Question: do the budgets find faults? Each benchmark has a fault that a budget forbids, and the
 * build fails if the budget does not report it.
 *
 * <p>How to read it: {@code sixtyFourBytes} is {@link HarnessBenchmark#neitherEmptyNorFull} with an
 * additional array of 64 bytes per job; {@code lostThread} leaves one thread behind.
 *
 * <pre>{@code
 * java -jar jmh-benchmarks/target/benchmarks.jar PlantedBenchmark \
 *     -prof io.gb.leaks.jmh.ThreadLeakProfiler -prof gc
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlantedBenchmark {

  private static final int ARRAY_HEADER = 16;

  /** Does the work of a job, and allocates 64 bytes. */
  @Benchmark
  public void sixtyFourBytes(HarnessBenchmark.HalfFull state, Blackhole hole) {
    hole.consume(state.step());
    hole.consume(new byte[64 - ARRAY_HEADER]);
  }

  /** Starts a thread that waits for ever. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  @Fork(value = 1, jvmArgsAppend = "-XX:-EliminateAllocations")
  public void lostThread() {
    CountDownLatch never = new CountDownLatch(1);
    Thread.ofVirtual()
        .name("lost")
        .start(() -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            // No reference to this thread exists, so it is never interrupted.
          }
        });
  }
}

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
 * Question: would the budgets notice? Its benchmarks do on purpose what a budget forbids, and the
 * build fails if that is not found.
 *
 * <p>How to read it: {@code sixtyFourBytes} is {@link HarnessBenchmark#neitherEmptyNorFull} with an
 * array of 64 bytes more for each job; {@code lostThread} leaves one thread behind.
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

  /** Starts a thread that waits for something that never comes. */
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
            // Nobody knows this thread, so nobody interrupts it.
          }
        });
  }
}

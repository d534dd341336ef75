package quickstart;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Two ways to copy: into a buffer that is there, and into a new array. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class CodecBenchmark {

  private final byte[] input = new byte[1000];
  private final byte[] buffer = new byte[1000];

  @Benchmark
  public byte[] intoBuffer() {
    System.arraycopy(input, 0, buffer, 0, input.length);
    return buffer;
  }

  @Benchmark
  public byte[] intoNewArray() {
    return input.clone();
  }
}

import io.gb.harness.Benchmark;
import io.gb.harness.BenchmarkConfig;
import io.gb.harness.BenchmarkResult;
import io.gb.harness.http.EngineKind;
import io.gb.harness.stats.Latencies;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether all engines measure the same when a server stalls: stops the server's process for
 * 100 ms once a second, while each engine in turn measures it for SECONDS, ROUNDS times.
 *
 * <pre>
 * java -cp cli/target/gb.jar bench/Stalls.java URL PID_OF_THE_SERVER SECONDS ROUNDS
 * </pre>
 */
public class Stalls {

  private static final int STALL_MILLIS = 100;
  private static final int PERIOD_MILLIS = 1000;

  public static void main(String[] args) throws Exception {
    URI uri = URI.create(args[0]);
    long pid = Long.parseLong(args[1]);
    Duration time = Duration.ofSeconds(Long.parseLong(args[2]));
    for (int round = 1; round <= Integer.parseInt(args[3]); round++) {
      for (EngineKind engine : EngineKind.values()) {
        Thread staller = Thread.ofPlatform().start(() -> stall(pid));
        BenchmarkResult result =
            Benchmark.run(
                BenchmarkConfig.builder(uri)
                    .engine(engine)
                    .concurrency(100)
                    .requests(Long.MAX_VALUE)
                    .timeLimit(time)
                    .keepAlive(true)
                    .build());
        staller.interrupt();
        staller.join();
        Latencies latencies = result.latencies();
        System.out.printf(
            "round %d, %-6s: n=%,d, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms%n",
            round,
            engine,
            result.completed(),
            latencies.percentileNanos(50) / 1e6,
            latencies.percentileNanos(99) / 1e6,
            latencies.percentileNanos(99.9) / 1e6,
            latencies.maxNanos() / 1e6);
      }
    }
  }

  private static void stall(long pid) {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS - STALL_MILLIS);
        signal("-STOP", pid);
        try {
          TimeUnit.MILLISECONDS.sleep(STALL_MILLIS);
        } finally {
          signal("-CONT", pid);
        }
      }
    } catch (InterruptedException e) {
      // The run has ended.
    }
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", name, Long.toString(pid)).start().onExit().join();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

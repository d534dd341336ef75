import com.sun.management.ThreadMXBean;
import io.gb.harness.Benchmark;
import io.gb.harness.BenchmarkConfig;
import io.gb.harness.BenchmarkResult;
import io.gb.harness.http.EngineKind;
import java.lang.management.ManagementFactory;
import java.net.URI;

/**
 * Prints the bytes that all threads of a run have allocated, per request. The first run warms up.
 *
 * <pre>
 * java -cp cli/target/gb.jar bench/Allocation.java URL ENGINE CONNECTIONS REQUESTS...
 * </pre>
 */
public class Allocation {

  public static void main(String[] args) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 3; i < args.length; i++) {
      BenchmarkConfig config =
          BenchmarkConfig.builder(URI.create(args[0]))
              .engine(EngineKind.valueOf(args[1].toUpperCase()))
              .concurrency(Integer.parseInt(args[2]))
              .requests(Long.parseLong(args[i]))
              .keepAlive(true)
              .build();
      long before = threads.getTotalThreadAllocatedBytes();
      BenchmarkResult result = Benchmark.run(config);
      long allocated = threads.getTotalThreadAllocatedBytes() - before;
      System.out.printf(
          "n=%,d: %.1f bytes a request, %d failed%n",
          result.completed(), (double) allocated / result.completed(), result.failed());
    }
  }
}

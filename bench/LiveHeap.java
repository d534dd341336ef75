import io.gb.harness.Benchmark;
import io.gb.harness.BenchmarkConfig;
import io.gb.harness.BenchmarkResult;
import java.lang.management.ManagementFactory;
import java.net.URI;

/**
 * Tells whether the live heap grows with the number of requests: runs the same benchmark with each
 * number of requests and prints the live heap while the result is still reachable.
 *
 * <p>Build first ({@code ./gb -V} does), start a server ({@code ./gb serve -p 8000}), then:
 *
 * <pre>
 * java -XX:+UseSerialGC -cp cli/target/gb.jar bench/LiveHeap.java \
 *     http://127.0.0.1:8000/10k.dat 100 20000 2000000
 * </pre>
 *
 * <p>A first run with the first number warms up and is not shown.
 */
public class LiveHeap {

  private static final int COLLECTIONS = 12;

  public static void main(String[] args) throws Exception {
    URI uri = URI.create(args[0]);
    int connections = Integer.parseInt(args[1]);
    measure(uri, connections, Long.parseLong(args[2]));
    long first = 0;
    for (int i = 2; i < args.length; i++) {
      long live = measure(uri, connections, Long.parseLong(args[i]));
      first = first == 0 ? live : first;
      System.out.printf(
          "n=%s: live heap %,d bytes, %+.2f %%%n",
          args[i], live, 100.0 * (live - first) / first);
    }
  }

  private static long measure(URI uri, int connections, long requests) throws Exception {
    BenchmarkResult result =
        Benchmark.run(
            BenchmarkConfig.builder(uri)
                .requests(requests)
                .concurrency(connections)
                .keepAlive(true)
                .build());
    if (result.completed() != requests) {
      throw new IllegalStateException("completed " + result.completed() + " of " + requests);
    }
    long live = liveBytes();
    if (result.latencies().count() != requests) { // keeps the result alive until here
      throw new IllegalStateException("lost latencies");
    }
    return live;
  }

  /**
   * The smallest heap in use after several collections. One does not suffice: three in four of the
   * serial collector's leave garbage in the old generation to avoid moving what lies above it, and
   * objects that a cleaner or an ended virtual thread kept alive need another collection.
   */
  private static long liveBytes() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least =
          Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      Thread.sleep(50);
    }
    return least;
  }
}

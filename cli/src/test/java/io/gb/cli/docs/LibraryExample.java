package io.gb.cli.docs;

import io.gb.harness.Benchmark;
import io.gb.harness.BenchmarkConfig;
import io.gb.harness.BenchmarkResult;
import io.gb.harness.report.AbReport;
import java.io.IOException;
import java.net.URI;

/** The example of a load test, which lies between the two marks. */
final class LibraryExample {

  private LibraryExample() {}

  static void run(URI uri) throws IOException {
    // begin
    BenchmarkConfig config =
        BenchmarkConfig.builder(uri).requests(20_000).concurrency(10).keepAlive(true).build();
    BenchmarkResult result = Benchmark.run(config);
    System.out.println(result.requestsPerSecond() + " requests per second");
    System.out.println("99 % within " + result.latencies().percentileNanos(99) + " ns");
    System.out.println("statuses " + result.statuses());
    System.out.print(new AbReport().render(result));
    // end
  }
}

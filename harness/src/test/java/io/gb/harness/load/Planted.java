package io.gb.harness.load;

import io.gb.harness.Benchmark;
import io.gb.harness.BenchmarkResult;
import java.io.IOException;
import org.HdrHistogram.Histogram;
import org.apache.hc.core5.http.HttpHost;

/** Breaks every rule of the architecture, so that its test can show that they hold something. */
final class Planted {

  private final HttpHost host = new HttpHost("test");
  private final Histogram histogram = new Histogram(3);

  void run(Benchmark benchmark) throws IOException {
    BenchmarkResult result = benchmark.run();
    System.out.println(result + " " + host + " " + histogram);
    System.exit(0);
  }
}

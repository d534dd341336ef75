package io.gb.harness;

import io.gb.harness.http.EngineKind;
import java.io.IOException;
import java.time.Duration;

/** A program for a JVM with a small heap: a run that has to end and to report all the same. */
final class FullHeap {

  private FullHeap() {}

  /** Runs with an engine, args[0], and a number of connections, args[1], against a URI, args[2]. */
  public static void main(String[] args) throws IOException {
    BenchmarkResult result =
        Benchmark.run(
            BenchmarkConfig.builder(args[2])
                .engine(EngineKind.valueOf(args[0]))
                .concurrency(Integer.parseInt(args[1]))
                .requests(100_000)
                .timeout(Duration.ofHours(1))
                .giveUpAfter(0)
                .build());
    System.out.println(
        result.endReason() + " " + result.error().orElseThrow() + ", " + result.completed());
  }
}

package io.gb.harness.report;

import io.gb.harness.BenchmarkResult;
import io.gb.harness.stats.Latencies;

/** Renders the percentiles of the total time as ab's {@code -e} does. Locale-independent. */
public final class CsvReport {

  private CsvReport() {}

  /**
   * Renders a result.
   *
   * @param result the result of a run, complete or cut short
   * @return a heading, and a row for each percentage from 0 to 100 with the time in milliseconds;
   *     the heading alone if no request was completed
   */
  public static String render(BenchmarkResult result) {
    StringBuilder out = new StringBuilder("Percentage served,Time in ms\n");
    Latencies total = result.latencies();
    if (total.count() > 0) {
      for (int percentage = 0; percentage <= 100; percentage++) {
        long nanos =
            switch (percentage) {
              case 0 -> total.minNanos();
              case 100 -> total.maxNanos();
              default -> total.percentileNanos(percentage);
            };
        out.append(Text.format("%d,%.3f\n", percentage, nanos / 1e6));
      }
    }
    return out.toString();
  }
}

package io.gb.compare.jmh;

import java.util.List;

/**
 * One entry of a file: a benchmark with one set of parameters in one mode. Immutable.
 *
 * @param id benchmark, parameters and mode
 * @param environment where and how it ran
 * @param metrics the primary metric first, then the secondary ones in the order of the file
 */
public record JmhResult(BenchmarkId id, Environment environment, List<JmhMetric> metrics) {

  /** Copies the list. */
  public JmhResult {
    metrics = List.copyOf(metrics);
  }
}

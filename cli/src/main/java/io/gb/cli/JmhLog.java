package io.gb.cli;

import io.gb.compare.jmh.JmhResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What JMH printed. */
final class JmhLog {

  /** Stands before the name of each benchmark that JMH begins to run. */
  private static final String BENCHMARK = "# Benchmark: ";

  private JmhLog() {}

  /**
   * Returns the benchmarks that JMH began but has no result of, one for each set of parameters and
   * mode; none if JMH was asked to print nothing.
   */
  static List<String> failed(Path log, List<JmhResult> results) throws IOException {
    List<String> failed;
    // What benchmarks print may be in any charset.
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      failed =
          new ArrayList<>(
              lines
                  .filter(line -> line.startsWith(BENCHMARK))
                  .map(line -> line.substring(BENCHMARK.length()).strip())
                  .toList());
    }
    results.forEach(result -> failed.remove(result.id().benchmark()));
    return failed;
  }
}

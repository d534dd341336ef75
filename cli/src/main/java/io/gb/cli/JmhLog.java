package io.gb.cli;

import io.gb.compare.jmh.JmhResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What JMH printed. */
final class JmhLog {

  /**
   * Stand before what JMH begins to run, in this order; without parameters, the last is left out.
   */
  private static final String MODE = "# Benchmark mode: ";

  private static final String BENCHMARK = "# Benchmark: ";
  private static final String PARAMETERS = "# Parameters: ";

  private JmhLog() {}

  /**
   * Returns the benchmarks that JMH began but has no result of, one for each set of parameters and
   * mode; none if JMH was asked to print nothing.
   */
  static List<String> failed(Path log, List<JmhResult> results) throws IOException {
    List<String> failed = begun(log);
    results.forEach(result -> failed.remove(result.id().benchmark()));
    return failed;
  }

  /** JMH says it twice if it warms all benchmarks up before it measures any. */
  private static List<String> begun(Path log) throws IOException {
    Set<Begun> begun = new LinkedHashSet<>();
    String mode = "";
    String benchmark = "";
    // What benchmarks print may be in any charset.
    for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
      if (!benchmark.isEmpty()) {
        begun.add(new Begun(mode, benchmark, line.startsWith(PARAMETERS) ? line : ""));
        benchmark = "";
      }
      if (line.startsWith(MODE)) {
        mode = line;
      } else if (line.startsWith(BENCHMARK)) {
        benchmark = line.substring(BENCHMARK.length()).strip();
      }
    }
    if (!benchmark.isEmpty()) {
      begun.add(new Begun(mode, benchmark, ""));
    }
    return new ArrayList<>(begun.stream().map(Begun::benchmark).toList());
  }

  private record Begun(String mode, String benchmark, String parameters) {}
}

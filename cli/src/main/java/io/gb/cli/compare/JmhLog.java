package io.gb.cli.compare;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.JmhResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the benchmarks that failed in what JMH printed. */
final class JmhLog {

  /**
   * The beginnings of the lines before each benchmark, in this order; a benchmark without
   * parameters has only the first two.
   */
  private static final String MODE = "# Benchmark mode: ";

  private static final String BENCHMARK = "# Benchmark: ";
  private static final String PARAMETERS = "# Parameters: ";

  private JmhLog() {}

  /**
   * Returns the benchmarks that JMH began but has no result for, such as {@code a.B.c (size = 1)},
   * one for each set of parameters and mode; none if the log cannot be read.
   */
  static List<String> failed(Path log, List<JmhResult> results) {
    List<Begun> failed;
    try {
      failed = new ArrayList<>(begun(log));
    } catch (IOException e) {
      return List.of();
    }
    List<String> unknown = new ArrayList<>();
    for (JmhResult result : results) {
      String label = label(result.id());
      if (!removeFirst(failed, begun -> begun.label().equals(label))) {
        unknown.add(result.id().benchmark());
      }
    }
    // If the log writes parameters in another way, the name alone must match.
    Set<String> named = Set.copyOf(unknown);
    for (String benchmark : unknown) {
      boolean _ = removeFirst(failed, begun -> begun.benchmark().equals(benchmark));
    }
    return failed.stream()
        .map(begun -> named.contains(begun.benchmark()) ? begun.benchmark() : begun.label())
        .toList();
  }

  private static boolean removeFirst(List<Begun> all, Predicate<Begun> which) {
    for (int i = 0; i < all.size(); i++) {
      if (which.test(all.get(i))) {
        all.remove(i);
        return true;
      }
    }
    return false;
  }

  /** Returns benchmark and parameters as JMH prints them. */
  private static String label(BenchmarkId id) {
    return id.params().isEmpty()
        ? id.benchmark()
        : id.params().entrySet().stream()
            .map(param -> param.getKey() + " = " + param.getValue())
            .collect(joining(", ", id.benchmark() + " (", ")"));
  }

  /** A set, because JMH prints a benchmark twice if it warms up all before it measures any. */
  private static Set<Begun> begun(Path log) throws IOException {
    Set<Begun> begun = new LinkedHashSet<>();
    String mode = "";
    String benchmark = "";
    // What benchmarks print may be in any charset, and may be long.
    try (BufferedReader lines = Files.newBufferedReader(log, ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!benchmark.isEmpty()) {
          boolean has = line.startsWith(PARAMETERS);
          begun.add(new Begun(mode, benchmark, has ? line.substring(PARAMETERS.length()) : ""));
          benchmark = "";
        }
        if (line.startsWith(MODE)) {
          mode = line;
        } else if (line.startsWith(BENCHMARK)) {
          benchmark = line.substring(BENCHMARK.length()).strip();
        }
      }
    }
    if (!benchmark.isEmpty()) {
      begun.add(new Begun(mode, benchmark, ""));
    }
    return begun;
  }

  private record Begun(String mode, String benchmark, String parameters) {

    /** Returns name and parameters; decoded as UTF-8, which JMH writes in most locales. */
    String label() {
      String text = (benchmark + " " + parameters).strip();
      return new String(text.getBytes(ISO_8859_1), UTF_8);
    }
  }
}

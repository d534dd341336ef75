package io.gb.cli.compare;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts how often each benchmark failed, over all turns. */
final class FailedBenchmarks {

  private record Key(String side, String benchmark) {}

  private static final class Failures {
    private final Path firstLog;
    private int count;

    Failures(Path firstLog) {
      this.firstLog = firstLog;
    }
  }

  private final Map<Key, Failures> all = new LinkedHashMap<>();

  /** Adds the benchmarks that failed in a turn. */
  void add(String side, List<String> benchmarks, Path log) {
    for (String benchmark : benchmarks) {
      all.computeIfAbsent(new Key(side, benchmark), _ -> new Failures(log)).count++;
    }
  }

  /** Returns a line for each benchmark. */
  List<String> lines() {
    return all.entrySet().stream()
        .map(entry -> {
          Failures failures = entry.getValue();
          String often = failures.count == 1 ? "once" : failures.count + " times";
          return "%s: %s failed %s; see %s"
              .formatted(
                  entry.getKey().side(), entry.getKey().benchmark(), often, failures.firstLog);
        })
        .toList();
  }
}

package io.gb.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark is listed and runs; this test does not look at its times. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NoThreadLeaks
class BenchmarksTest {

  @Test
  void everyBenchmarkClassIsListed() throws IOException {
    OutputFormat silent =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(PrintStream.nullOutputStream()), VerboseMode.SILENT);
    Set<String> listed =
        BenchmarkList.defaultList().getAll(silent, List.of()).stream()
            .map(BenchmarkListEntry::getUserClassQName)
            .collect(Collectors.toSet());
    assertThat(listed).isNotEmpty().isEqualTo(benchmarkClasses());
  }

  /** Those that leak threads on purpose run in forks, in {@link PerformanceIT}. */
  @Test
  void everyOtherBenchmarkRunsAndEndsItsThreads() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .exclude("LeakBenchmark|PlantedBenchmark.lostThread")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(5))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    assertThat(results)
        .isNotEmpty()
        .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
  }

  static Set<String> benchmarkClasses() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      return sources
          .map(source -> Path.of("src/main/java").relativize(source).toString())
          .filter(name -> name.endsWith("Benchmark.java"))
          .map(name -> name.replace(".java", "").replace('/', '.').replace('\\', '.'))
          .collect(Collectors.toSet());
    }
  }
}

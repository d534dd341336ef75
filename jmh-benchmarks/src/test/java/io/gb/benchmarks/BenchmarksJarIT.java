package io.gb.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jar contains and runs every benchmark that was compiled. */
@Timeout(120)
class BenchmarksJarIT {

  @Test
  void theJarListsEveryBenchmarkClass() throws IOException, InterruptedException {
    List<String> lines = run("-l");
    assertThat(lines).first().isEqualTo("Benchmarks: ");
    Set<String> classes =
        lines.stream()
            .skip(1)
            .map(line -> line.substring(0, line.lastIndexOf('.')))
            .collect(Collectors.toSet());
    assertThat(classes).isNotEmpty().isEqualTo(BenchmarksTest.benchmarkClasses());
  }

  @Test
  void aBenchmarkOfTheJarRunsInAForkWithTheLeakProfiler() throws IOException, InterruptedException {
    assertThat(
            run(
                "PlantedBenchmark.lostThread",
                "-f",
                "1",
                "-prof",
                "io.gb.leaks.jmh.ThreadLeakProfiler"))
        .anyMatch(line -> line.matches(".*lostThread:leaks.threads.proven +ss +1.000 +threads"));
  }

  /** The server loads its parts through service files, which the shaded jar merges from several. */
  @Test
  void anExchangeOfTheJarFindsItsServer() throws IOException, InterruptedException {
    assertThat(
            run(
                "ExchangeBenchmark",
                "-p",
                "engine=CORE",
                "-f",
                "0",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "10ms",
                "-foe",
                "true"))
        .anyMatch(line -> line.matches("ExchangeBenchmark.get +CORE +avgt .*us/op"));
  }

  private static List<String> run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djmh.ignoreLock=true",
            "-jar",
            Path.of("target", "benchmarks.jar").toString());
    java.command().addAll(List.of(arguments));
    Process process = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }
}

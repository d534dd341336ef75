package io.gb.leaks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a benchmark in forks of its own, as JMH does. */
@Timeout(120)
class ThreadLeakProfilerTest {

  @ParameterizedTest
  @CsvSource({"true, 2", "false, 0"})
  void whatABenchmarkLeavesBehindIsCounted(String leaky, double expected) throws Exception {
    Collection<RunResult> runs =
        new Runner(
                new OptionsBuilder()
                    .include(LeakyBenchmark.class.getName())
                    .param("leaky", leaky)
                    .addProfiler(ThreadLeakProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(50))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(50))
                    .forks(2)
                    .shouldFailOnError(true)
                    .build())
            .run();

    @SuppressWarnings("rawtypes") // JMH's own
    Map<String, Result> results = runs.iterator().next().getSecondaryResults();
    assertThat(score(results, "leaks.threads.new")).isEqualTo(expected);
    assertThat(score(results, "leaks.threads.proven")).isEqualTo(expected);
    assertThat(score(results, "leaks.retained.bytes") > 0).isEqualTo(expected > 0);
    assertThat(score(results, "heap.live.bytes")).isGreaterThan(100_000);
  }

  @SuppressWarnings("rawtypes") // JMH's own
  private static double score(Map<String, Result> results, String name) {
    return Objects.requireNonNull(results.get(name), name).getScore();
  }
}

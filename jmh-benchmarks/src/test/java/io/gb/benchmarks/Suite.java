package io.gb.benchmarks;

import io.gb.leaks.jmh.ThreadLeakProfiler;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * A performance suite: JMH runs in sequence, because their profilers and times differ.
 *
 * @param budgets the files with its budgets
 * @param parts the options of each JMH run
 */
record Suite(List<Path> budgets, List<Options> parts) {

  private static final int FULL_FORKS = 6;

  /** The suite named by the system property: {@code quick} or {@code full}. */
  static Suite current() {
    return System.getProperty("gb.perf.suite", "quick").equals("full") ? full() : quick();
  }

  /** One fork of each benchmark: for bytes, threads, and times with a wide margin. */
  private static Suite quick() {
    return new Suite(
        List.of(Path.of("budgets.txt")),
        List.of(
            briefly(
                    "HarnessBenchmark.neitherEmptyNorFull",
                    "RecordingBenchmark.ownStripes",
                    "PlantedBenchmark.sixtyFourBytes")
                .build(),
            briefly("JobQueueBenchmark.handOver$")
                .param("queue", "JOB_QUEUE", "ARRAY_BLOCKING")
                .param("consumers", "8")
                .build(),
            briefly("ExchangeBenchmark").build(),
            leaks("LeakBenchmark", "PlantedBenchmark.lostThread")
                .param("variant", "UNCLOSED", "CLOSE", "ABANDONED_RESULT", "BUFFERED_RESULT")
                .param("workers", "100")
                .forks(1)
                .build()));
  }

  /**
   * Enough forks of each benchmark to compare times. The forks are short: a longer one would
   * measure how much times vary within that fork, and not between forks.
   */
  private static Suite full() {
    return new Suite(
        List.of(Path.of("budgets.txt"), Path.of("budgets-full.txt")),
        List.of(
            suite(
                    "HarnessBenchmark",
                    "RecordingBenchmark",
                    "JobQueueBenchmark",
                    "ExchangeBenchmark",
                    "PlantedBenchmark.sixtyFourBytes")
                .addProfiler(GCProfiler.class)
                .forks(FULL_FORKS)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(300))
                .build(),
            suite("ShutdownBenchmark")
                .forks(FULL_FORKS)
                .warmupIterations(100)
                .measurementIterations(100)
                .build(),
            leaks("LeakBenchmark", "PlantedBenchmark.lostThread")
                .param("workers", "100")
                .forks(FULL_FORKS)
                .build()));
  }

  private static ChainedOptionsBuilder briefly(String... benchmarks) {
    return suite(benchmarks)
        .addProfiler(GCProfiler.class)
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.milliseconds(300))
        .measurementIterations(3)
        .measurementTime(TimeValue.milliseconds(300));
  }

  /** The leak profiler is the inner one, so that the other does not count its allocations. */
  private static ChainedOptionsBuilder leaks(String... benchmarks) {
    return suite(benchmarks).addProfiler(ThreadLeakProfiler.class).addProfiler(GCProfiler.class);
  }

  /** Does not pass the arguments of this JVM, which are for tests, to the forks. */
  private static ChainedOptionsBuilder suite(String... benchmarks) {
    ChainedOptionsBuilder options =
        new OptionsBuilder().shouldFailOnError(true).jvmArgs().timeout(TimeValue.minutes(2));
    for (String benchmark : benchmarks) {
      options.include("\\." + benchmark);
    }
    return options;
  }
}

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
 * What a performance suite runs: JMH options, one after the other, because profilers and times
 * differ.
 *
 * @param name names the files it writes
 * @param budgets the files with the budgets that it is held against
 * @param parts what JMH runs
 */
record Suite(String name, List<Path> budgets, List<Options> parts) {

  private static final int FULL_FORKS = 6;

  /** The one that the build asks for: {@code quick}, or {@code full}. */
  static Suite current() {
    return System.getProperty("gb.perf.suite", "quick").equals("full") ? full() : quick();
  }

  /** One fork of what needs no statistics: bytes, threads, and times with a wide margin. */
  private static Suite quick() {
    return new Suite(
        "quick",
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
   * So many forks of everything that times can be compared. Short ones, for what a longer one would
   * tell is how much that fork varies, not how much the code does.
   */
  private static Suite full() {
    return new Suite(
        "full",
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

  /** What the leak profiler allocates must not be counted, so it is the inner one of the two. */
  private static ChainedOptionsBuilder leaks(String... benchmarks) {
    return suite(benchmarks).addProfiler(ThreadLeakProfiler.class).addProfiler(GCProfiler.class);
  }

  /** The arguments of this JVM are for tests; forks would inherit them. */
  private static ChainedOptionsBuilder suite(String... benchmarks) {
    ChainedOptionsBuilder options =
        new OptionsBuilder().shouldFailOnError(true).jvmArgs().timeout(TimeValue.minutes(2));
    for (String benchmark : benchmarks) {
      options.include("\\." + benchmark);
    }
    return options;
  }
}

package io.gb.compare;

import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.measured.Forks;
import io.gb.compare.measured.Measured;
import io.gb.compare.stats.Variance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Earlier results: how benchmarks spread from fork to fork and from run to run. */
final class History {

  /** Two runs say next to nothing of how runs differ. */
  private static final int FEWEST_RUNS = 3;

  private final Map<BenchmarkId, List<Measured>> runs = new HashMap<>();

  /** Takes the results of each run; an empty list is no history. */
  History(List<Side> sides) {
    for (Side side : sides) {
      Measured.of(side.results(), Measured.ofSeveralThreadCounts(side.results()))
          .forEach((id, run) -> runs.computeIfAbsent(id, unused -> new ArrayList<>()).add(run));
    }
  }

  /**
   * Returns the variance of a single fork of a new run; nothing with fewer than three runs. A run
   * that is one of the two sides itself does not count.
   */
  Optional<Variance> of(Pair pair) {
    List<double[]> logs = new ArrayList<>();
    for (Measured run : runs.getOrDefault(pair.id(), List.of())) {
      String metric = pair.key().metric();
      if (run.metricNames().contains(metric)) {
        run.forks(metric, pair.key().unit())
            .filter(forks -> isUsable(forks) && !isOneOf(pair, forks))
            .ifPresent(forks -> logs.add(Spreads.logarithms(forks)));
      }
    }
    return logs.size() < FEWEST_RUNS ? Optional.empty() : Optional.of(Variance.ofNewGroup(logs));
  }

  private static boolean isUsable(Forks forks) {
    return forks.count() > 0 && Arrays.stream(forks.iterations()).allMatch(score -> score > 0);
  }

  private static boolean isOneOf(Pair pair, Forks forks) {
    double[] first = forks.scores().get(0);
    return Stream.of(pair.base(), pair.contender())
        .flatMap(side -> side.scores().stream())
        .anyMatch(fork -> Arrays.equals(fork, first));
  }
}

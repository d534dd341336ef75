package io.gb.compare;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.gb.compare.Row.TableKey;
import io.gb.compare.Unjudged.Why;
import io.gb.compare.Warning.Kind;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.Mode;
import io.gb.compare.measured.EnvironmentDifferences;
import io.gb.compare.measured.Forks;
import io.gb.compare.measured.Measured;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the metrics that two sides share, and names those that have no counterpart. */
final class Pairing {

  /** JMH's gc profiler always writes how many collections there were. */
  private static final String COLLECTIONS = "gc.count";

  /** A benchmark with its parameters, in whichever mode and with however many threads. */
  private record Variant(String benchmark, Map<String, String> params) {

    static Variant of(BenchmarkId id) {
      return new Variant(id.benchmark(), id.params());
    }
  }

  private final Selection selection;
  private final Warning.Collector warnings;
  private final double confidence;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Unjudged> unjudged = new ArrayList<>();

  Pairing(Selection selection, double confidence, Warning.Collector warnings) {
    this.selection = selection;
    this.confidence = confidence;
    this.warnings = warnings;
  }

  /** Returns all pairs so far, in the order of the base. */
  List<Pair> pairs() {
    return pairs;
  }

  /** Returns what was found on one side only, or cannot be compared. */
  List<Unjudged> unjudged() {
    return unjudged;
  }

  /** Pairs up the benchmarks of two sides. */
  void add(Side base, Side contender) {
    Set<BenchmarkId> split = new HashSet<>(Measured.ofSeveralThreadCounts(base.results()));
    split.addAll(Measured.ofSeveralThreadCounts(contender.results()));
    Map<BenchmarkId, Measured> ofBase = Measured.of(base.results(), split);
    Map<BenchmarkId, Measured> ofContender = Measured.of(contender.results(), split);
    Map<Variant, Set<Mode>> modesOfBase = modes(ofBase.keySet());
    Map<Variant, Set<Mode>> modesOfContender = modes(ofContender.keySet());
    ofBase.forEach((id, measured) -> {
      Measured other = ofContender.get(id);
      if (!selection.takes(id)) {
        return;
      }
      if (other == null) {
        alone(contender.name(), measured, modesOfContender, base.name(), Why.GONE);
      } else {
        pairUp(base.name(), contender.name(), measured, other);
      }
    });
    ofContender.forEach((id, measured) -> {
      if (selection.takes(id) && !ofBase.containsKey(id)) {
        alone(contender.name(), measured, modesOfBase, base.name(), Why.ADDED);
      }
    });
  }

  private static Map<Variant, Set<Mode>> modes(Set<BenchmarkId> ids) {
    return ids.stream().collect(groupingBy(Variant::of, mapping(BenchmarkId::mode, toSet())));
  }

  private void alone(
      String contender,
      Measured measured,
      Map<Variant, Set<Mode>> elsewhere,
      String base,
      Why why) {
    BenchmarkId id = measured.id();
    List<String> metrics = measured.metricNames().stream().filter(selection::takes).toList();
    if (metrics.isEmpty()) {
      return;
    }
    boolean inOtherMode =
        elsewhere.getOrDefault(Variant.of(id), Set.of()).stream()
            .anyMatch(mode -> mode != id.mode());
    String text = why == Why.GONE ? inOnly(base, contender) : inOnly(contender, base);
    if (inOtherMode) {
      text = "in mode " + id.mode().label() + " " + text;
      warnings.add(Kind.ENVIRONMENT, text, id.label());
    }
    for (String metric : metrics) {
      leaveOut(
          inOtherMode ? Why.INCOMPARABLE : why, text, contender, measured, metric, !inOtherMode);
    }
  }

  private void pairUp(String base, String contender, Measured one, Measured other) {
    BenchmarkId id = one.id();
    Set<Kind> marks = EnumSet.noneOf(Kind.class);
    mark(marks, Kind.ENVIRONMENT, EnvironmentDifferences.between(one, other), id);
    mark(marks, Kind.REPEATED, repetitions(base, contender, one, other), id);
    Set<String> metrics = new LinkedHashSet<>(one.metricNames());
    metrics.addAll(other.metricNames());
    for (String metric : metrics) {
      if (!selection.takes(metric)) {
        continue;
      }
      boolean isGone = !has(other, metric);
      if (isGone && hasNoChurn(other, metric)) {
        String reason = "churn was not measured in " + contender;
        leaveOut(Why.INCOMPARABLE, reason, contender, one, metric, false);
        continue;
      }
      if (isGone) {
        leaveOut(Why.GONE, "metric " + inOnly(base, contender), contender, one, metric, true);
        continue;
      }
      if (!has(one, metric)) {
        String reason = "metric " + inOnly(contender, base);
        leaveOut(Why.INCOMPARABLE, reason, contender, other, metric, true);
        continue;
      }
      Unit unit = (one.metricNames().contains(metric) ? one : other).unit(metric);
      Optional<Forks> ofBase = forks(one, metric, unit);
      Optional<Forks> ofContender = forks(other, metric, unit);
      if (ofBase.isEmpty() || ofContender.isEmpty()) {
        String reason = "the units cannot be converted into each other";
        warnings.add(Kind.ENVIRONMENT, reason, id.label() + " " + metric);
        leaveOut(Why.INCOMPARABLE, reason, contender, one, metric, false);
        continue;
      }
      TableKey key = key(contender, id, metric, unit);
      Pair pair =
          new Pair(key, id, ofBase.get(), ofContender.get(), EnumSet.copyOf(marks), warnings);
      if (pair.base().count() == 0 || pair.contender().count() == 0) {
        warnings.add(Kind.DROPPED, "no finite score", pair.label());
        leaveOut(Why.INCOMPARABLE, "no finite score", contender, one, metric, false);
        continue;
      }
      warn(pair, one, other);
      pairs.add(pair);
    }
  }

  /** Whether a side has a metric, or has none because it would be 0. */
  private static boolean has(Measured side, String metric) {
    return side.metricNames().contains(metric) || zeros(side, metric).isPresent();
  }

  private static Optional<Forks> forks(Measured side, String metric, Unit unit) {
    return side.metricNames().contains(metric) ? side.forks(metric, unit) : zeros(side, metric);
  }

  /**
   * Returns the zeros of churn, which JMH does not write if there was no collection: as many as
   * there are counts of collections.
   */
  private static Optional<Forks> zeros(Measured side, String metric) {
    return collections(side, metric)
        .filter(forks -> Arrays.stream(forks.iterations()).allMatch(count -> count == 0));
  }

  /** Whether there were collections, whose churn the profiler did not write. */
  private static boolean hasNoChurn(Measured side, String metric) {
    return collections(side, metric).isPresent();
  }

  private static Optional<Forks> collections(Measured side, String metric) {
    return metric.startsWith(Judge.CHURN) && side.metricNames().contains(COLLECTIONS)
        ? side.forks(COLLECTIONS, side.unit(COLLECTIONS)).filter(forks -> forks.count() > 0)
        : Optional.empty();
  }

  private void mark(Set<Kind> marks, Kind kind, List<String> reasons, BenchmarkId id) {
    reasons.forEach(reason -> warnings.add(kind, reason, id.label()));
    if (!reasons.isEmpty()) {
      marks.add(kind);
    }
  }

  private static String inOnly(String present, String absent) {
    return "in " + present + ", not in " + absent;
  }

  /** A file that is given twice seems to have more forks; one on both sides hides any change. */
  private static List<String> repetitions(
      String base, String contender, Measured one, Measured other) {
    List<String> repetitions = new ArrayList<>();
    if (one.repeatsItself()) {
      repetitions.add(base + " has the same scores twice; was a file given twice?");
    }
    if (other.repeatsItself()) {
      repetitions.add(contender + " has the same scores twice; was a file given twice?");
    }
    if (one.repeats(other)) {
      repetitions.add("both sides have the same scores; was a file given for both?");
    }
    return repetitions;
  }

  private TableKey key(String contender, BenchmarkId id, String metric, Unit unit) {
    return new TableKey(contender, selection.groupOf(id), metric, id.mode(), unit);
  }

  private void leaveOut(
      Why why, String reason, String contender, Measured only, String metric, boolean hasValue) {
    Unit unit = only.unit(metric);
    Optional<Estimate> value =
        only.forks(metric, unit)
            .filter(forks -> hasValue && forks.count() > 0)
            .map(forks -> Estimate.ofMedian(forks.medians(), confidence));
    TableKey key = key(contender, only.id(), metric, unit);
    unjudged.add(new Unjudged(why, key, only.id(), reason, value));
  }

  private void warn(Pair pair, Measured one, Measured other) {
    String metric = pair.key().metric();
    Unit unit = pair.key().unit();
    if (other.metricNames().contains(metric) && !unit.equals(other.unit(metric))) {
      pair.mark(Kind.ENVIRONMENT, "unit differs, values converted to " + unit.text());
    }
    if (one.dropped(metric) + other.dropped(metric) > 0) {
      pair.mark(Kind.DROPPED, "scores that are not finite, NaN or INF, were left out");
    }
  }
}

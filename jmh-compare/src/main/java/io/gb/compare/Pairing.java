package io.gb.compare;

import io.gb.compare.Row.TableKey;
import io.gb.compare.Unjudged.Why;
import io.gb.compare.Warning.Kind;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.measured.EnvironmentDifferences;
import io.gb.compare.measured.Forks;
import io.gb.compare.measured.Measured;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Estimate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the metrics that two sides share, and names those that have no counterpart. */
final class Pairing {

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
    ofBase.forEach((id, measured) -> {
      Measured other = ofContender.get(id);
      if (!selection.takes(id)) {
        return;
      }
      if (other == null) {
        alone(contender.name(), measured, ofContender.keySet(), base.name(), Why.GONE);
      } else {
        pairUp(base.name(), contender.name(), measured, other);
      }
    });
    ofContender.forEach((id, measured) -> {
      if (selection.takes(id) && !ofBase.containsKey(id)) {
        alone(contender.name(), measured, ofBase.keySet(), base.name(), Why.ADDED);
      }
    });
  }

  private void alone(
      String contender,
      Measured measured,
      Collection<BenchmarkId> elsewhere,
      String base,
      Why why) {
    BenchmarkId id = measured.id();
    List<String> metrics = measured.metricNames().stream().filter(selection::takes).toList();
    if (metrics.isEmpty()) {
      return;
    }
    boolean inOtherMode =
        elsewhere.stream()
            .anyMatch(other ->
                other.benchmark().equals(id.benchmark())
                    && other.params().equals(id.params())
                    && other.mode() != id.mode());
    String text = why == Why.GONE ? inOnly(base, contender) : inOnly(contender, base);
    if (inOtherMode) {
      text = "in mode " + id.mode().label() + " " + text;
      warnings.add(Kind.ENVIRONMENT, text, id.label());
    }
    for (String metric : metrics) {
      leaveOut(inOtherMode ? Why.INCOMPARABLE : why, text, contender, measured, metric);
    }
  }

  private void pairUp(String base, String contender, Measured one, Measured other) {
    BenchmarkId id = one.id();
    Set<Kind> marks = EnumSet.noneOf(Kind.class);
    mark(marks, Kind.ENVIRONMENT, EnvironmentDifferences.between(one, other), id);
    mark(marks, Kind.REPEATED, repetitions(base, contender, one, other), id);
    for (String metric : one.metricNames()) {
      if (!selection.takes(metric)) {
        continue;
      }
      Unit unit = one.unit(metric);
      if (!other.metricNames().contains(metric)) {
        leaveOut(Why.GONE, "metric " + inOnly(base, contender), contender, one, metric);
        continue;
      }
      Optional<Forks> ofBase = one.forks(metric, unit);
      Optional<Forks> ofContender = other.forks(metric, unit);
      if (ofBase.isEmpty() || ofContender.isEmpty()) {
        String reason = "the units cannot be converted into each other";
        warnings.add(Kind.ENVIRONMENT, reason, id.label() + " " + metric);
        leaveOut(Why.INCOMPARABLE, reason, contender, one, metric);
        continue;
      }
      TableKey key = key(contender, id, metric, unit);
      Pair pair =
          new Pair(key, id, ofBase.get(), ofContender.get(), EnumSet.copyOf(marks), warnings);
      if (pair.base().count() == 0 || pair.contender().count() == 0) {
        warnings.add(Kind.DROPPED, "no finite score", pair.label());
        leaveOut(Why.INCOMPARABLE, "no finite score", contender, one, metric);
        continue;
      }
      warn(pair, one, other);
      pairs.add(pair);
    }
    other.metricNames().stream()
        .filter(metric -> selection.takes(metric) && !one.metricNames().contains(metric))
        .forEach(metric ->
            leaveOut(Why.ADDED, "metric " + inOnly(contender, base), contender, other, metric));
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

  private void leaveOut(Why why, String reason, String contender, Measured only, String metric) {
    Unit unit = only.unit(metric);
    Optional<Estimate> value =
        only.forks(metric, unit)
            .filter(forks -> why != Why.INCOMPARABLE && forks.count() > 0)
            .map(forks -> Estimate.ofMedian(forks.medians(), confidence));
    TableKey key = key(contender, only.id(), metric, unit);
    unjudged.add(new Unjudged(why, key, only.id(), reason, value));
  }

  private void warn(Pair pair, Measured one, Measured other) {
    String metric = pair.key().metric();
    Unit unit = pair.key().unit();
    if (!unit.equals(other.unit(metric))) {
      pair.mark(Kind.ENVIRONMENT, "unit differs, values converted to " + unit.text());
    }
    if (one.dropped(metric) + other.dropped(metric) > 0) {
      pair.mark(Kind.DROPPED, "scores that are not finite, NaN or INF, were left out");
    }
  }
}

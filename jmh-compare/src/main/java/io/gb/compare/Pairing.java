package io.gb.compare;

import io.gb.compare.Row.TableKey;
import io.gb.compare.Warning.Kind;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.measured.EnvironmentDifferences;
import io.gb.compare.measured.Forks;
import io.gb.compare.measured.Measured;
import io.gb.compare.measured.Unit;
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
  private final Warnings warnings;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Unjudged> unjudged = new ArrayList<>();

  Pairing(Selection selection, Warnings warnings) {
    this.selection = selection;
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
        alone(contender.name(), measured, ofContender.keySet(), base.name(), contender.name());
      } else {
        pairUp(base.name(), contender.name(), measured, other);
      }
    });
    ofContender.forEach((id, measured) -> {
      if (selection.takes(id) && !ofBase.containsKey(id)) {
        alone(contender.name(), measured, ofBase.keySet(), contender.name(), base.name());
      }
    });
  }

  private void alone(
      String contender,
      Measured measured,
      Collection<BenchmarkId> elsewhere,
      String present,
      String absent) {
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
    String text =
        (inOtherMode ? "in mode " + id.mode().label() + " " : "") + inOnly(present, absent);
    warnings.add(inOtherMode ? Kind.ENVIRONMENT : Kind.UNMATCHED, text, id.label());
    metrics.forEach(metric -> unjudged.add(new Unjudged(contender, id, metric, text)));
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
        leaveOut(Kind.UNMATCHED, "metric " + inOnly(base, contender), contender, id, metric);
        continue;
      }
      Optional<Forks> ofBase = one.forks(metric, unit);
      Optional<Forks> ofContender = other.forks(metric, unit);
      if (ofBase.isEmpty() || ofContender.isEmpty()) {
        String reason = "the units cannot be converted into each other";
        leaveOut(Kind.ENVIRONMENT, reason, contender, id, metric);
        continue;
      }
      TableKey key = new TableKey(contender, selection.groupOf(id), metric, id.mode(), unit);
      Pair pair =
          new Pair(key, id, ofBase.get(), ofContender.get(), EnumSet.copyOf(marks), warnings);
      if (pair.base().count() == 0 || pair.contender().count() == 0) {
        leaveOut(Kind.DROPPED, "no finite score", contender, id, metric);
        continue;
      }
      warn(pair, one, other);
      pairs.add(pair);
    }
    other.metricNames().stream()
        .filter(metric -> selection.takes(metric) && !one.metricNames().contains(metric))
        .forEach(metric ->
            leaveOut(Kind.UNMATCHED, "metric " + inOnly(contender, base), contender, id, metric));
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

  private void leaveOut(Kind kind, String reason, String contender, BenchmarkId id, String metric) {
    warnings.add(kind, reason, id.label() + " " + metric);
    unjudged.add(new Unjudged(contender, id, metric, reason));
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

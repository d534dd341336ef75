package io.gb.compare;

import io.gb.compare.Row.TableKey;
import io.gb.compare.Warning.Kind;
import io.gb.compare.jmh.BenchmarkId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what belongs together on two sides, and says what has no counterpart. */
final class Pairing {

  private final Selection selection;
  private final Warnings warnings;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Unjudged> unjudged = new ArrayList<>();

  Pairing(Selection selection, Warnings warnings) {
    this.selection = selection;
    this.warnings = warnings;
  }

  /** All pairs so far, in the order of the base. */
  List<Pair> pairs() {
    return pairs;
  }

  /** What was found on one side only, or does not fit together. */
  List<Unjudged> unjudged() {
    return unjudged;
  }

  /** Pairs up the benchmarks of two sides. */
  void add(Side base, Side contender) {
    Set<BenchmarkId> split = new HashSet<>(Measured.ofSeveralThreadCounts(base));
    split.addAll(Measured.ofSeveralThreadCounts(contender));
    Map<BenchmarkId, Measured> ofBase = Measured.of(base, split);
    Map<BenchmarkId, Measured> ofContender = Measured.of(contender, split);
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
    if (EnvironmentCheck.check(one, other, warnings)) {
      marks.add(Kind.ENVIRONMENT);
    }
    if (isRepeated(base, contender, one, other)) {
      marks.add(Kind.REPEATED);
    }
    for (String metric : one.metricNames()) {
      if (!selection.takes(metric)) {
        continue;
      }
      Unit unit = one.unit(metric);
      if (!other.metricNames().contains(metric)) {
        leaveOut(Kind.UNMATCHED, "metric " + inOnly(base, contender), contender, id, metric);
        continue;
      }
      if (!one.converts(metric, unit) || !other.converts(metric, unit)) {
        String units = "units do not convert into each other";
        leaveOut(Kind.ENVIRONMENT, units, contender, id, metric);
        continue;
      }
      TableKey key = new TableKey(contender, selection.groupOf(id), metric, id.mode(), unit);
      Pair pair =
          new Pair(
              key, id, one.forks(metric, unit), other.forks(metric, unit), EnumSet.copyOf(marks));
      if (pair.base().isEmpty() || pair.contender().isEmpty()) {
        leaveOut(Kind.DROPPED, "no score that is a number", contender, id, metric);
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

  private static String inOnly(String present, String absent) {
    return "in " + present + ", not in " + absent;
  }

  /** A file that is there twice makes forks of nothing, and one on both sides hides any change. */
  private boolean isRepeated(String base, String contender, Measured one, Measured other) {
    boolean inBase = one.repeatsItself();
    boolean inContender = other.repeatsItself();
    boolean onBoth = one.repeats(other);
    if (inBase) {
      repeated(base + " has the same scores twice, from one file?", one);
    }
    if (inContender) {
      repeated(contender + " has the same scores twice, from one file?", one);
    }
    if (onBoth) {
      repeated("both sides have the same scores, from one file?", one);
    }
    return inBase || inContender || onBoth;
  }

  private void repeated(String what, Measured which) {
    warnings.add(Kind.REPEATED, what, which.id().label());
  }

  private void leaveOut(Kind kind, String reason, String contender, BenchmarkId id, String metric) {
    warnings.add(kind, reason, id.label() + " " + metric);
    unjudged.add(new Unjudged(contender, id, metric, reason));
  }

  private void warn(Pair pair, Measured one, Measured other) {
    String metric = pair.key().metric();
    Unit unit = pair.key().unit();
    if (!unit.equals(other.unit(metric))) {
      pair.mark(warnings, Kind.ENVIRONMENT, "unit differs, values converted to " + unit.text());
    }
    if (one.dropped(metric) + other.dropped(metric) > 0) {
      pair.mark(warnings, Kind.DROPPED, "scores that are no numbers, NaN or INF, were left out");
    }
  }
}

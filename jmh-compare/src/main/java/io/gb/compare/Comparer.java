package io.gb.compare;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.Warning.Kind;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Holm;
import io.gb.compare.stats.MannWhitney;
import io.gb.compare.stats.Modes;
import io.gb.compare.stats.Ratio;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Compares sides with a base: pairs their metrics up, tests each pair, and judges them together.
 */
final class Comparer {

  /** Beyond this share of the median, an interval says little. */
  private static final double HUGE_ERROR = 0.25;

  /** Groups of forks closer than this share of the median do not matter. */
  private static final double MODES_APART = 0.02;

  private final Side base;
  private final List<Side> contenders;
  private final Selection selection;
  private final Settings settings;
  private final Warnings warnings = new Warnings();
  private final List<Tested> tested = new ArrayList<>();

  /** A pair of metrics before it is judged, for which all pairs have to be known. */
  private record Tested(Pair pair, Estimates estimates, OptionalDouble p, Set<Kind> marks) {}

  /** What belongs together on both sides. */
  private record Pair(TableKey key, BenchmarkId id, Method method, String label) {}

  private record Estimates(Estimate base, Estimate contender, Optional<Ratio> ratio) {}

  Comparer(Side base, List<Side> contenders, Selection selection, Settings settings) {
    this.base = base;
    this.contenders = contenders;
    this.selection = selection;
    this.settings = settings;
  }

  Comparison compare() {
    Map<BenchmarkId, Measured> ofBase = Measured.of(base);
    for (Side contender : contenders) {
      Map<BenchmarkId, Measured> ofContender = Measured.of(contender);
      ofBase.forEach((id, measured) -> {
        Measured other = ofContender.get(id);
        if (!selection.takes(id)) {
          return;
        }
        if (other == null) {
          missing(id, ofContender, base.name());
        } else {
          pairUp(contender.name(), measured, other);
        }
      });
      ofContender.keySet().stream()
          .filter(id -> selection.takes(id) && !ofBase.containsKey(id))
          .forEach(id -> missing(id, ofBase, contender.name()));
    }
    List<Row> rows = inOrder(judge());
    return new Comparison(
        base.name(),
        contenders.stream().map(Side::name).toList(),
        settings,
        rows,
        Geomean.of(rows),
        warnings.toList());
  }

  private void missing(BenchmarkId id, Map<BenchmarkId, Measured> elsewhere, String where) {
    String text =
        elsewhere.keySet().stream()
            .filter(other -> other.benchmark().equals(id.benchmark()))
            .filter(other -> other.params().equals(id.params()))
            .findFirst()
            .map(other -> "only in mode " + id.mode().label() + " in " + where)
            .orElse("only in " + where);
    warnings.add(Kind.UNMATCHED, text, id.label());
  }

  private void pairUp(String contender, Measured one, Measured other) {
    BenchmarkId id = one.id();
    String benchmark = id.label();
    boolean differs = EnvironmentCheck.check(one, other, benchmark, warnings);
    for (String metric : one.metricNames()) {
      if (!selection.takes(metric)) {
        continue;
      }
      String label = benchmark + " " + metric;
      if (!other.metricNames().contains(metric)) {
        warnings.add(Kind.UNMATCHED, "metric only in " + base.name(), label);
        continue;
      }
      Unit unit = one.unit(metric);
      if (!one.converts(metric, unit) || !other.converts(metric, unit)) {
        warnings.add(Kind.UNMATCHED, "units do not convert into each other", label);
        continue;
      }
      Set<Kind> marks = EnumSet.noneOf(Kind.class);
      if (differs) {
        marks.add(Kind.ENVIRONMENT);
      }
      if (!unit.equals(other.unit(metric))) {
        mark(marks, Kind.UNMATCHED, "unit differs, values converted to " + unit.text(), label);
      }
      if (one.dropped(metric) + other.dropped(metric) > 0) {
        mark(marks, Kind.DROPPED, "scores that are no numbers were left out", label);
      }
      List<double[]> ofBase = one.forks(metric, unit);
      List<double[]> ofContender = other.forks(metric, unit);
      if (ofBase.isEmpty() || ofContender.isEmpty()) {
        warnings.add(Kind.DROPPED, "no score that is a number", label);
        continue;
      }
      TableKey key = new TableKey(contender, selection.groupOf(id), metric, id.mode(), unit);
      Pair pair = new Pair(key, id, Sample.method(unit, ofBase, ofContender), label);
      tested.add(
          test(
              pair,
              Sample.of(pair.method(), ofBase),
              Sample.of(pair.method(), ofContender),
              marks));
    }
    other.metricNames().stream()
        .filter(metric -> selection.takes(metric) && !one.metricNames().contains(metric))
        .forEach(metric ->
            warnings.add(Kind.UNMATCHED, "metric only in " + contender, benchmark + " " + metric));
  }

  private Tested test(Pair pair, double[] ofBase, double[] ofContender, Set<Kind> marks) {
    if (pair.method() == Method.EXACT) {
      Estimate one = Estimate.ofExact(ofBase);
      Estimate other = Estimate.ofExact(ofContender);
      Estimates exact = new Estimates(one, other, Ratio.exact(one.median(), other.median()));
      return new Tested(pair, exact, OptionalDouble.empty(), marks);
    }
    Estimates estimates =
        new Estimates(
            Estimate.ofMedian(ofBase, settings.confidence()),
            Estimate.ofMedian(ofContender, settings.confidence()),
            Ratio.hodgesLehmann(ofBase, ofContender, settings.confidence()));
    if (pair.method() == Method.FORKS
        && (Modes.isBimodal(ofBase, MODES_APART) || Modes.isBimodal(ofContender, MODES_APART))) {
      mark(marks, Kind.BIMODAL, "the forks fall into two groups", pair.label());
    }
    return new Tested(
        pair, estimates, OptionalDouble.of(MannWhitney.test(ofBase, ofContender).p()), marks);
  }

  private List<Row> judge() {
    double[] adjusted = Holm.adjust(tested.stream().flatMapToDouble(t -> t.p().stream()).toArray());
    int next = 0;
    List<Row> rows = new ArrayList<>(tested.size());
    for (Tested one : tested) {
      rows.add(
          one.p().isEmpty() ? exactRow(one) : testedRow(one, adjusted[next++], adjusted.length));
    }
    return rows;
  }

  private Row testedRow(Tested one, double adjustedP, int tests) {
    Estimates estimates = one.estimates();
    boolean shown = adjustedP <= settings.level();
    boolean same = estimates.ratio().filter(r -> r.isWithin(settings.sameWithin())).isPresent();
    warnOfSamples(one, tests);
    double change =
        estimates
            .ratio()
            .map(r -> r.value() - 1)
            .orElse(estimates.contender().median() - estimates.base().median());
    Verdict verdict = same ? Verdict.SAME : verdict(one, shown, change);
    return row(one, OptionalDouble.of(adjustedP), shown, verdict);
  }

  private Row exactRow(Tested one) {
    Estimate base = one.estimates().base();
    Estimate contender = one.estimates().contender();
    double tolerance = tolerance(one.pair().key().unit(), base, contender);
    double change = contender.median() - base.median();
    boolean apart = base.upper() < contender.lower() || contender.upper() < base.lower();
    boolean small = Math.abs(change) <= tolerance;
    if (Math.max(base.upper() - base.lower(), contender.upper() - contender.lower()) > tolerance) {
      mark(one.marks(), Kind.VARIES, "varies, though it should have no noise", one.pair().label());
    }
    Verdict verdict = small ? Verdict.SAME : verdict(one, apart, change);
    return row(one, OptionalDouble.empty(), apart && !small, verdict);
  }

  /** How much may change without counting; the same from either side. */
  private double tolerance(Unit unit, Estimate base, Estimate contender) {
    if (unit.kind() == Unit.Kind.COUNT) {
      return 0;
    }
    double least = Math.min(Math.abs(base.median()), Math.abs(contender.median()));
    return Math.max(settings.floorBytes(), settings.sameWithin() * least);
  }

  private static Verdict verdict(Tested one, boolean shown, double change) {
    if (!shown || change == 0) {
      return Verdict.NOT_SHOWN;
    }
    Unit unit = one.pair().key().unit();
    if (unit.kind() != Unit.Kind.SPEED) {
      return change > 0 ? Verdict.MORE : Verdict.LESS;
    }
    return change > 0 == (unit.direction() == Unit.Direction.HIGHER)
        ? Verdict.FASTER
        : Verdict.SLOWER;
  }

  private void warnOfSamples(Tested one, int tests) {
    Estimate base = one.estimates().base();
    Estimate contender = one.estimates().contender();
    String label = one.pair().label();
    String unit = one.pair().method() == Method.FORKS ? "forks" : "iterations";
    if (one.pair().method() == Method.ITERATIONS) {
      mark(
          one.marks(),
          Kind.ITERATIONS,
          "fewer than "
              + Sample.FEWEST_FORKS
              + " forks: iterations stand in for them, and a difference between forks may pass"
              + " for a change; run JMH with -f 10",
          label);
    }
    if (!base.isBounded() || !contender.isBounded()) {
      mark(
          one.marks(),
          Kind.FEW_SAMPLES,
          "too few "
              + unit
              + " for an interval at "
              + Numbers.plain(100 * settings.confidence())
              + " %",
          label);
    }
    if (MannWhitney.smallestPValue(base.n(), contender.n()) * tests > settings.level()) {
      mark(
          one.marks(),
          Kind.FEW_SAMPLES,
          "no difference can be shown with n="
              + Math.min(base.n(), contender.n())
              + " among "
              + tests
              + (tests == 1 ? " row" : " rows")
              + "; it takes "
              + fewest(tests)
              + " "
              + unit
              + " on each side",
          label);
    }
    if (isHuge(base) || isHuge(contender)) {
      mark(
          one.marks(),
          Kind.HUGE_ERROR,
          "intervals of more than ±" + Numbers.plain(100 * HUGE_ERROR) + " %",
          label);
    }
  }

  private int fewest(int tests) {
    int n = 1;
    while (MannWhitney.smallestPValue(n, n) * tests > settings.level()) {
      n++;
    }
    return n;
  }

  private static boolean isHuge(Estimate estimate) {
    return estimate.isBounded() && estimate.relativeError() > HUGE_ERROR;
  }

  private static Row row(Tested one, OptionalDouble adjustedP, boolean shown, Verdict verdict) {
    Pair pair = one.pair();
    Estimates estimates = one.estimates();
    return new Row(
        pair.key(),
        pair.id(),
        pair.method(),
        estimates.base(),
        estimates.contender(),
        estimates.ratio(),
        one.p(),
        adjustedP,
        shown,
        verdict,
        one.marks());
  }

  private List<Row> inOrder(List<Row> rows) {
    Map<TableKey, List<Row>> tables =
        rows.stream().collect(groupingBy(Row::key, LinkedHashMap::new, toList()));
    return tables.values().stream()
        .flatMap(table -> table.stream().sorted(selection.comparator()))
        .toList();
  }

  private void mark(Set<Kind> marks, Kind kind, String text, String label) {
    marks.add(kind);
    warnings.add(kind, text, label);
  }
}

package io.gb.compare.limit;

import static java.util.stream.Collectors.joining;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.Unjudged;
import io.gb.compare.Verdict;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.measured.Spread;
import io.gb.compare.stats.Family;
import io.gb.compare.stats.Ratio;
import io.gb.compare.stats.TestResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Holds the rows of a comparison to gates. */
final class GateJudge {

  private static final String OPEN =
      "the change is shown neither to keep to the limit nor to exceed it";

  private final List<Gate> gates;
  private final Comparison comparison;
  private final Family family;

  /** The test of a row against the limit of a gate. */
  private record Key(Gate gate, BenchmarkId id, TableKey table) {}

  /** The place of each test in the family, and its result. */
  private final Map<Key, Integer> places = new HashMap<>();

  private final List<TestResult> tests = new ArrayList<>();

  GateJudge(List<Gate> gates, Comparison comparison) {
    this.gates = gates;
    this.comparison = comparison;
    for (Gate gate : gates) {
      for (Row row : comparison.rows()) {
        if (limits(gate, row) && row.test().isPresent() && !isAssumed(row)) {
          places.put(key(gate, row), tests.size());
          tests.add(row.test().get().at(testedRatio(gate, row)));
        }
      }
    }
    this.family = new Family(tests, comparison.settings().level());
  }

  /** Values that are compared as they are need a test only of whether they differ at all. */
  private double testedRatio(Gate gate, Row row) {
    double allowed = gate.allowedRatio(row, comparison.settings()).orElse(1);
    return row.method() == Method.EXACT || row.ratio().isEmpty() || allowed <= 0 ? 1 : allowed;
  }

  List<GateResult> judge() {
    return gates.stream().flatMap(gate -> judge(gate).stream()).toList();
  }

  private List<GateResult> judge(Gate gate) {
    List<GateResult> results =
        Stream.concat(
                comparison.rows().stream()
                    .filter(row -> limits(gate, row))
                    .map(row -> judge(gate, row)),
                comparison.unjudged().stream()
                    .filter(one -> gate.limits(one.id(), one.metric()))
                    .map(one -> judge(gate, one)))
            .toList();
    if (results.isEmpty()) {
      throw new IllegalArgumentException(gate.named() + ": " + whyNothing(gate));
    }
    return results;
  }

  private String whyNothing(Gate gate) {
    boolean isKnown =
        comparison.rows().stream().anyMatch(row -> gate.isOf(row.id(), row.key().metric()))
            || comparison.unjudged().stream().anyMatch(one -> gate.isOf(one.id(), one.metric()));
    return isKnown
        ? "no benchmark with this metric has " + gate.filter() + " in its name"
        : "no benchmark has this metric; available: "
            + Stream.concat(
                    comparison.rows().stream().map(row -> row.key().metric()),
                    comparison.unjudged().stream().map(Unjudged::metric))
                .distinct()
                .sorted()
                .map(Limit::quoted)
                .collect(joining(", "));
  }

  private static boolean limits(Gate gate, Row row) {
    return gate.limits(row.id(), row.key().metric());
  }

  private static GateResult judge(Gate gate, Unjudged one) {
    Outcome outcome =
        switch (one.why()) {
          case GONE -> Outcome.MISSED;
          case ADDED -> Outcome.HELD;
          case INCOMPARABLE -> gate.mustBeShown() ? Outcome.MISSED : Outcome.UNDECIDED;
        };
    String reason = one.why() == Unjudged.Why.ADDED ? "" : one.reason();
    return new GateResult(
        gate, one.contender(), one.id(), one.metric(), Optional.empty(), outcome, reason);
  }

  private GateResult judge(Gate gate, Row row) {
    boolean isExceeded = gate.isExceededBy(row, comparison.settings());
    Outcome outcome;
    String reason = "";
    if (isShownBeyond(gate, row, isExceeded)) {
      outcome = Outcome.MISSED;
    } else if (isShownWithin(gate, row, isExceeded)) {
      outcome = Outcome.HELD;
    } else {
      outcome = gate.mustBeShown() ? Outcome.MISSED : Outcome.UNDECIDED;
      reason = whyUndecided(gate, row, isExceeded);
    }
    return new GateResult(
        gate,
        row.key().contender(),
        row.id(),
        row.key().metric(),
        Optional.of(row),
        outcome,
        reason);
  }

  /** A gate never misses what the report does not show. */
  private boolean isShownBeyond(Gate gate, Row row, boolean isExceeded) {
    boolean isShownHere = isShownWithoutTest(row) || isShownByTest(gate, row);
    boolean isShownThere = row.method() == Method.EXACT || row.shown();
    return isExceeded && isShownHere && isShownThere;
  }

  private boolean isShownByTest(Gate gate, Row row) {
    Integer place = places.get(key(gate, row));
    return place != null && family.shows(place) && isTowards(gate, row, tests.get(place));
  }

  private static boolean isTowards(Gate gate, Row row, TestResult test) {
    return row.method() == Method.EXACT
        || row.ratio().isEmpty()
        || (gate.limitsIncrease(row) ? test.shift() > 0 : test.shift() < 0);
  }

  /**
   * Without a correction: a gate as a whole holds only if all its rows do, so one wrong row is as
   * unlikely as if it were alone.
   */
  private boolean isShownWithin(Gate gate, Row row, boolean isExceeded) {
    if (row.method() == Method.EXACT || isExceeded || isAssumed(row)) {
      return row.method() == Method.EXACT && !isExceeded;
    }
    OptionalDouble allowed = gate.allowedRatio(row, comparison.settings());
    if (row.ratio().isEmpty() || allowed.isEmpty()) {
      return row.shown() || row.ratio().filter(ratio -> ratio.isWithin(0)).isPresent();
    }
    Ratio ratio = row.ratio().get();
    return gate.limitsIncrease(row)
        ? ratio.upper() <= allowed.getAsDouble()
        : ratio.lower() >= allowed.getAsDouble();
  }

  private static boolean isAssumed(Row row) {
    return row.spread().filter(one -> one.source() == Spread.Source.ASSUMED).isPresent();
  }

  private static Key key(Gate gate, Row row) {
    return new Key(gate, row.id(), row.key());
  }

  /**
   * Exact values may vary by as much as does not count; a change within that is shown by a test
   * only.
   */
  private static boolean isShownWithoutTest(Row row) {
    boolean counts = row.verdict() == Verdict.LESS || row.verdict() == Verdict.MORE;
    return row.method() == Method.EXACT && row.shown() && (counts || row.test().isEmpty());
  }

  private String whyUndecided(Gate gate, Row row, boolean isExceeded) {
    int n = Math.min(row.base().n(), row.contender().n());
    String forks = "only " + n + (n == 1 ? " fork" : " forks") + "; at least ";
    if (isAssumed(row)) {
      int fewest = Family.empty(comparison.settings().level()).fewest();
      return forks + fewest + ", earlier results or a stated spread of forks are needed";
    }
    if (isExceeded && isShownByTest(gate, row)) {
      return "the gate alone shows a change beyond the limit, all compared rows together do not";
    }
    boolean isRanked = row.method() != Method.SPREAD && row.test().isPresent();
    return isRanked && !family.canShow(row.base().n(), row.contender().n())
        ? forks + family.fewest() + " are needed"
        : OPEN;
  }
}

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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Holds the rows of a comparison to gates. */
final class GateJudge {

  private static final String OPEN =
      "the change is shown neither to keep to the limit nor to exceed it";

  /** A spread that is seen in fewer forks of a side judges no gate: it needs log-normal forks. */
  private static final int FEWEST_FORKS = 3;

  private final List<Gate> gates;
  private final Comparison comparison;

  /** The test of a row against the limit of a gate. */
  private record Key(Gate gate, BenchmarkId id, TableKey table) {}

  /** The place of each test in its family. */
  private final Map<Key, Integer> places = new HashMap<>();

  /** The tests of primary metrics, and all others: metrics of profilers must not dilute times. */
  private final Map<Boolean, List<TestResult>> tests =
      Map.of(true, new ArrayList<>(), false, new ArrayList<>());

  private final Map<Boolean, Family> families = new HashMap<>();

  GateJudge(List<Gate> gates, Comparison comparison) {
    this.gates = gates;
    this.comparison = comparison;
    for (Gate gate : gates) {
      for (Row row : comparison.rows()) {
        if (limits(gate, row) && row.test().isPresent() && !isUnsure(row)) {
          List<TestResult> alike = tests(row);
          places.put(key(gate, row), alike.size());
          alike.add(row.test().get().at(testedRatio(gate, row)));
        }
      }
    }
    tests.forEach((isPrimary, alike) ->
        families.put(isPrimary, new Family(alike, comparison.settings().level())));
  }

  private List<TestResult> tests(Row row) {
    return Objects.requireNonNull(tests.get(row.key().isPrimary()));
  }

  private Family family(Row row) {
    return Objects.requireNonNull(families.get(row.key().isPrimary()));
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
    return place != null
        && family(row).shows(place)
        && (row.method() == Method.EXACT || isTowards(gate, row, tests(row).get(place)));
  }

  private static boolean isTowards(Gate gate, Row row, TestResult test) {
    return gate.limitsIncrease(row) ? test.shift() > 0 : test.shift() < 0;
  }

  /**
   * Without a correction: a gate as a whole holds only if all its rows do, so one wrong row is as
   * unlikely as if it were alone.
   */
  private boolean isShownWithin(Gate gate, Row row, boolean isExceeded) {
    OptionalDouble allowed = gate.allowedRatio(row, comparison.settings());
    boolean isAnyAllowed = allowed.orElse(1) <= 0;
    if (row.method() == Method.EXACT || isExceeded || isAnyAllowed || isUnsure(row)) {
      return (row.method() == Method.EXACT || isAnyAllowed) && !isExceeded;
    }
    if (row.ratio().isEmpty() || allowed.isEmpty()) {
      boolean isWorse = row.test().filter(test -> isTowards(gate, row, test.at(1))).isPresent();
      return (row.shown() && !isWorse)
          || row.ratio().filter(ratio -> ratio.isWithin(0)).isPresent();
    }
    Ratio ratio = row.ratio().get();
    return gate.limitsIncrease(row)
        ? ratio.upper() <= allowed.getAsDouble()
        : ratio.lower() >= allowed.getAsDouble();
  }

  /** Whether a row rests on a spread that is assumed, or seen in one or two forks of a side. */
  private static boolean isUnsure(Row row) {
    return row.spread()
        .filter(one ->
            one.source() == Spread.Source.ASSUMED
                || (one.source() == Spread.Source.FORKS && forks(row) < FEWEST_FORKS))
        .isPresent();
  }

  private static int forks(Row row) {
    return Math.min(row.base().n(), row.contender().n());
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
    int n = forks(row);
    String forks = "only " + n + (n == 1 ? " fork" : " forks") + "; at least ";
    if (isUnsure(row)) {
      String few = n < FEWEST_FORKS ? forks + FEWEST_FORKS + ", " : "the forks do not differ; ";
      return few
          + "earlier results or, with several iterations, a stated spread of forks are needed";
    }
    if (isExceeded && isShownByTest(gate, row)) {
      return "the gate alone shows a change beyond the limit, all compared rows together do not";
    }
    boolean isRanked = row.method() != Method.SPREAD && row.test().isPresent();
    return isRanked && !family(row).canShow(row.base().n(), row.contender().n())
        ? forks + family(row).fewest() + " are needed"
        : OPEN;
  }
}

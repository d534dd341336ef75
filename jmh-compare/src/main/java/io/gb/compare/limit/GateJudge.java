package io.gb.compare.limit;

import static java.util.stream.Collectors.joining;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.Row.Method;
import io.gb.compare.Unjudged;
import io.gb.compare.Verdict;
import io.gb.compare.stats.Family;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds the rows of a comparison to gates. */
final class GateJudge {

  private final List<Gate> gates;
  private final Comparison comparison;
  private final double level;
  private final Family family;

  /** The place of each tested row in the family. */
  private final IdentityHashMap<Row, Integer> tests = new IdentityHashMap<>();

  GateJudge(List<Gate> gates, Comparison comparison) {
    this.gates = gates;
    this.comparison = comparison;
    this.level = comparison.settings().level();
    List<Row> tested =
        comparison.rows().stream()
            .filter(row -> row.test().isPresent() && row.method() != Method.ITERATIONS)
            .filter(row -> gates.stream().anyMatch(gate -> limits(gate, row)))
            .toList();
    for (int i = 0; i < tested.size(); i++) {
      tests.put(tested.get(i), i);
    }
    this.family = new Family(tested.stream().map(row -> row.test().orElseThrow()).toList(), level);
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
                    .map(one -> undecided(gate, one)))
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
                .collect(joining(", "));
  }

  private static boolean limits(Gate gate, Row row) {
    return gate.limits(row.id(), row.key().metric());
  }

  private static GateResult undecided(Gate gate, Unjudged one) {
    return new GateResult(
        gate,
        one.contender(),
        one.id(),
        one.metric(),
        Optional.empty(),
        Outcome.UNDECIDED,
        one.reason());
  }

  private GateResult judge(Gate gate, Row row) {
    boolean isExceeded = gate.isExceededBy(row, comparison.settings());
    String reason = whyUndecided(row, isExceeded);
    Outcome outcome =
        !reason.isEmpty()
            ? Outcome.UNDECIDED
            : isExceeded && isShown(row) ? Outcome.MISSED : Outcome.HELD;
    return new GateResult(
        gate,
        row.key().contender(),
        row.id(),
        row.key().metric(),
        Optional.of(row),
        outcome,
        reason);
  }

  private boolean isShown(Row row) {
    Integer test = tests.get(row);
    return isShownWithoutTest(row) || (test != null && family.shows(test));
  }

  /**
   * Exact values may vary by as much as does not count; a change within that is shown by a test
   * only.
   */
  private static boolean isShownWithoutTest(Row row) {
    boolean counts = row.verdict() == Verdict.LESS || row.verdict() == Verdict.MORE;
    return row.method() == Method.EXACT && row.shown() && (counts || row.test().isEmpty());
  }

  /** Exact values need a test only where they differ by more than allowed. */
  private String whyUndecided(Row row, boolean isExceeded) {
    if (row.method() == Method.ITERATIONS) {
      return "too few forks; at least " + Family.empty(level).fewest() + " are needed";
    }
    int n = Math.min(row.base().n(), row.contender().n());
    String forks = n + (n == 1 ? " fork" : " forks");
    boolean isTooSmall =
        row.test().isPresent()
            && (row.method() == Method.FORKS || isExceeded)
            && !isShown(row)
            && !family.canShow(row.base().n(), row.contender().n());
    return isTooSmall ? "only " + forks + "; at least " + family.fewest() + " are needed" : "";
  }
}

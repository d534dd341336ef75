package io.gb.compare;

import static java.util.stream.Collectors.joining;

import io.gb.compare.GateResult.Outcome;
import io.gb.compare.Row.Method;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds the rows of a comparison against gates. */
final class GateJudge {

  private final List<Gate> gates;
  private final Comparison comparison;
  private final Family family;

  /** The place of each tested row in the family. */
  private final IdentityHashMap<Row, Integer> tests = new IdentityHashMap<>();

  GateJudge(List<Gate> gates, Comparison comparison) {
    this.gates = gates;
    this.comparison = comparison;
    List<Row> tested =
        comparison.rows().stream()
            .filter(row -> row.test().isPresent() && row.method() != Method.ITERATIONS)
            .filter(row -> gates.stream().anyMatch(gate -> isFor(gate, row)))
            .toList();
    for (int i = 0; i < tested.size(); i++) {
      tests.put(tested.get(i), i);
    }
    this.family =
        new Family(
            tested.stream().map(row -> row.test().orElseThrow()).toList(),
            comparison.settings().level());
  }

  List<GateResult> judge() {
    List<GateResult> results = new ArrayList<>();
    for (Gate gate : gates) {
      int before = results.size();
      for (Row row : comparison.rows()) {
        if (isFor(gate, row)) {
          results.add(judge(gate, row));
        }
      }
      for (Unjudged one : comparison.unjudged()) {
        if (gate.isFor(one.id(), one.metric())) {
          results.add(
              new GateResult(
                  gate,
                  one.contender(),
                  one.id(),
                  one.metric(),
                  Optional.empty(),
                  Outcome.UNDECIDED,
                  one.reason()));
        }
      }
      if (results.size() == before) {
        throw new IllegalArgumentException(
            gate.named() + ": no row is for this gate; there are " + names());
      }
    }
    return List.copyOf(results);
  }

  /** The metrics that a gate could be for. */
  private String names() {
    return Stream.concat(
            comparison.rows().stream().map(row -> row.key().metric()),
            comparison.unjudged().stream().map(Unjudged::metric))
        .distinct()
        .sorted()
        .collect(joining(", "));
  }

  private static boolean isFor(Gate gate, Row row) {
    return gate.isFor(row.id(), row.key().metric());
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
    return isPlain(row) || (test != null && family.shows(test));
  }

  /**
   * Values that compare as they are may vary by what counts as none; within that, a test decides.
   */
  private static boolean isPlain(Row row) {
    boolean counts = row.verdict() == Verdict.LESS || row.verdict() == Verdict.MORE;
    return row.method() == Method.EXACT && row.shown() && (counts || row.test().isEmpty());
  }

  /** Values that compare as they are need a test only where they differ by more than allowed. */
  private String whyUndecided(Row row, boolean isExceeded) {
    if (row.method() == Method.ITERATIONS) {
      return "too few forks, it takes " + Sample.fewestForks(comparison.settings().level());
    }
    boolean isTooSmall =
        row.test().isPresent()
            && (row.method() == Method.FORKS || isExceeded)
            && !isShown(row)
            && !family.canShow(row.base().n(), row.contender().n());
    return isTooSmall
        ? "n=" + Math.min(row.base().n(), row.contender().n()) + ", it takes " + family.fewest()
        : "";
  }
}

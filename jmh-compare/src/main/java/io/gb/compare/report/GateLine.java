package io.gb.compare.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.gb.compare.Row;
import io.gb.compare.limit.Gate;
import io.gb.compare.limit.GateResult;
import io.gb.compare.limit.Outcome;
import io.gb.compare.text.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line about a gate in the reports for people. Immutable.
 *
 * @param outcome the outcome that the line is about
 * @param text the line, without a line break
 */
public record GateLine(Outcome outcome, String text) {

  /**
   * {@return the lines, gate by gate: one for each row that misses the gate, one for each reason
   * why rows could not be judged, and one for all rows in which the gate holds}
   *
   * @param results the results of any number of gates
   */
  public static List<GateLine> of(List<GateResult> results) {
    List<GateLine> lines = new ArrayList<>();
    results.stream()
        .collect(groupingBy(GateResult::gate, LinkedHashMap::new, toList()))
        .forEach((gate, ofGate) -> addOf(gate, ofGate, lines));
    return lines;
  }

  private static void addOf(Gate gate, List<GateResult> results, List<GateLine> lines) {
    String start = "gate " + gate.text();
    Map<Outcome, List<GateResult>> byOutcome =
        results.stream().collect(groupingBy(GateResult::outcome));
    for (GateResult missed : byOutcome.getOrDefault(Outcome.MISSED, List.of())) {
      lines.add(new GateLine(Outcome.MISSED, start + " MISSED by " + missed(missed)));
    }
    byOutcome.getOrDefault(Outcome.UNDECIDED, List.of()).stream()
        .collect(groupingBy(GateResult::reason, LinkedHashMap::new, toList()))
        .forEach((reason, undecided) ->
            lines.add(
                new GateLine(
                    Outcome.UNDECIDED,
                    "%s COULD NOT BE JUDGED in %s (%s): %s"
                        .formatted(
                            start,
                            Words.rows(undecided.size()),
                            reason,
                            Names.few(undecided.stream().map(GateLine::place).toList())))));
    int held = byOutcome.getOrDefault(Outcome.HELD, List.of()).size();
    if (held > 0) {
      lines.add(new GateLine(Outcome.HELD, start + " holds in " + Words.rows(held)));
    }
  }

  /** Says which row misses a gate, and by how much. */
  static String missed(GateResult result) {
    if (result.row().isEmpty()) {
      return place(result) + ": " + result.reason();
    }
    Row row = result.row().get();
    return "%s: %s, %s to %s %s%s"
        .formatted(
            place(result),
            Words.difference(row),
            Words.value(row.key(), row.base()),
            Words.value(row.key(), row.contender()),
            row.key().unit().text(),
            result.reason().isEmpty() ? "" : "; " + result.reason());
  }

  /** {@code a.B.c size=10 (avgt, new.json)}. */
  private static String place(GateResult result) {
    return "%s (%s, %s)"
        .formatted(result.id().label(), result.id().mode().label(), result.contender());
  }
}

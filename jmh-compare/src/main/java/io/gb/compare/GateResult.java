package io.gb.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * What a gate says of a row. Immutable.
 *
 * @param gate the gate
 * @param row the row
 * @param passed whether the row keeps to it
 */
public record GateResult(Gate gate, Row row, boolean passed) {

  /**
   * Holds all rows against all gates.
   *
   * @return a result for each row that a gate is for, gate by gate
   * @throws IllegalArgumentException if a gate is for no row at all, and so would never fail, or if
   *     its floor is not in the unit of its rows; the message names the gate
   */
  public static List<GateResult> of(List<Gate> gates, Comparison comparison) {
    List<GateResult> results = new ArrayList<>();
    for (Gate gate : gates) {
      List<GateResult> ofGate =
          comparison.rows().stream()
              .filter(gate::isFor)
              .map(row -> new GateResult(gate, row, gate.holds(row)))
              .toList();
      if (ofGate.isEmpty()) {
        throw new IllegalArgumentException(gate.text() + ": no row is for this gate");
      }
      results.addAll(ofGate);
    }
    return List.copyOf(results);
  }
}

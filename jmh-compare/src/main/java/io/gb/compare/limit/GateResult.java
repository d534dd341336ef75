package io.gb.compare.limit;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.jmh.BenchmarkId;
import java.util.List;
import java.util.Optional;

/**
 * What a gate says of one metric of one benchmark. Immutable.
 *
 * @param gate the gate
 * @param contender the side that was compared with the base
 * @param id benchmark, parameters and mode
 * @param metric name of the metric
 * @param row the row; nothing if the metric could not be compared
 * @param outcome what the gate says
 * @param reason why nothing could be decided, or why the gate is missed though no change beyond it
 *     is shown; else empty
 */
public record GateResult(
    Gate gate,
    String contender,
    BenchmarkId id,
    String metric,
    Optional<Row> row,
    Outcome outcome,
    String reason) {

  /**
   * Holds all rows to all gates. Whether a change is shown is decided among the rows of primary
   * metrics that any of the gates limits, and separately among all others, whatever else was
   * compared.
   *
   * @param gates may be empty
   * @param comparison has the rows
   * @return a result for each row that a gate limits, and for each such metric that could not be
   *     compared, gate by gate
   * @throws IllegalArgumentException if a gate limits nothing at all, and so would never fail, or
   *     if the unit of its floor does not convert; the message names the gate
   */
  public static List<GateResult> of(List<Gate> gates, Comparison comparison) {
    return new GateJudge(gates, comparison).judge();
  }
}

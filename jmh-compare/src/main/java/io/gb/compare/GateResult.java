package io.gb.compare;

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
 * @param outcome what it comes to
 * @param reason why it could not be decided; else empty
 */
public record GateResult(
    Gate gate,
    String contender,
    BenchmarkId id,
    String metric,
    Optional<Row> row,
    Outcome outcome,
    String reason) {

  /** What a gate can come to. */
  public enum Outcome {
    /** No change beyond the limit is shown, though one could have been. */
    HELD,
    /** A change beyond the limit is shown. */
    MISSED,
    /** Nothing could have been shown: too few forks, or nothing to compare with. */
    UNDECIDED
  }

  /**
   * Holds all rows against all gates. Whether a change is shown is decided among the rows that any
   * of the gates is for, whatever else was compared.
   *
   * @return a result for each row that a gate is for, and for what could not be compared, gate by
   *     gate
   * @throws IllegalArgumentException if a gate is for nothing at all, and so would never fail, or
   *     if its floor does not fit its rows; the message names the gate
   */
  public static List<GateResult> of(List<Gate> gates, Comparison comparison) {
    return new GateJudge(gates, comparison).judge();
  }
}

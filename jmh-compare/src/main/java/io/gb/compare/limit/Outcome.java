package io.gb.compare.limit;

/** What came of holding measured values to a limit. */
public enum Outcome {
  /**
   * The values keep to the limit; for a gate: no change beyond it is shown, though one could be.
   */
  HELD,
  /** The values do not keep to the limit; for a gate: a change beyond it is shown. */
  MISSED,
  /**
   * There is nothing to judge: too few forks, no such benchmark or metric, or a unit that differs.
   */
  UNDECIDED
}

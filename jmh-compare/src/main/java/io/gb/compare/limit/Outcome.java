package io.gb.compare.limit;

/** What came of holding measured values to a limit. */
public enum Outcome {
  /**
   * The values keep to the limit; for a gate: the whole interval of the change does, or the
   * benchmark is new.
   */
  HELD,
  /**
   * The values do not keep to the limit; for a gate: a change beyond it is shown, or the benchmark
   * is gone, or the gate must be shown to hold and is not.
   */
  MISSED,
  /**
   * Nothing could be decided: too few forks, an interval on both sides of the limit, no such
   * benchmark or metric, or a unit that differs.
   */
  UNDECIDED
}

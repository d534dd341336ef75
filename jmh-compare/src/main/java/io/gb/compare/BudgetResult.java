package io.gb.compare;

/**
 * What a budget says of one result. Immutable.
 *
 * @param name the budget, and the benchmark if the budget is for several; unique within a file of
 *     budgets
 * @param outcome whether the result keeps to it
 * @param message one line: benchmark, metric, what was measured, the budget and where to look
 */
public record BudgetResult(String name, Outcome outcome, String message) {

  /** What came of holding a result against a budget. */
  public enum Outcome {
    /** It was measured and keeps to the budget. */
    MET,
    /** It was measured and does not. */
    MISSED,
    /** There is nothing that could be held against the budget: a build should fail of that, too. */
    NOT_MEASURED
  }

  /** Returns whether it was measured and keeps to the budget. */
  public boolean isMet() {
    return outcome == Outcome.MET;
  }

  /** Returns whether it was measured and does not keep to the budget. */
  public boolean isMissed() {
    return outcome == Outcome.MISSED;
  }
}

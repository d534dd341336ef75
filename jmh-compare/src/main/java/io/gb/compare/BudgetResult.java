package io.gb.compare;

/**
 * What a budget says of one result. Immutable.
 *
 * @param name the budget, and the benchmark if the budget is for several; unique within a file of
 *     budgets
 * @param isMet whether the result keeps to it
 * @param message one line: benchmark, metric, what was measured, the budget and where to look
 */
public record BudgetResult(String name, boolean isMet, String message) {}

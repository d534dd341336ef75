package io.gb.compare.limit;

/**
 * What a budget says of one benchmark. Immutable.
 *
 * @param name the budget, and the benchmark if the budget limits several; unique within a file of
 *     budgets
 * @param outcome what the budget says; a build should fail unless it is {@link Outcome#HELD}
 * @param message one line: benchmark, metric, what was measured, the budget and where to look
 */
public record BudgetResult(String name, Outcome outcome, String message) {}

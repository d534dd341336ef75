package io.gb.compare.limit;

import io.gb.compare.Settings;
import io.gb.compare.measured.Forks;
import io.gb.compare.measured.Measured;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.text.Numbers;
import java.util.Arrays;
import java.util.Optional;

/**
 * One metric of one benchmark, as a budget judges it.
 *
 * @param unit unit of all values
 * @param forks at least one
 */
record BudgetValues(Unit unit, Forks forks) {

  /**
   * Takes a metric, throughput as time if time is asked for; nothing if there is no such metric or
   * it has no values.
   */
  static Optional<BudgetValues> of(Measured measured, Limit budget) {
    String metric = budget.metricIn(measured.id().mode());
    if (!measured.metricNames().contains(metric)) {
      return Optional.empty();
    }
    Unit unit = measured.unit(metric);
    return measured
        .forks(metric, unit)
        .filter(forks -> forks.count() > 0)
        .map(forks ->
            budget.inverts(unit)
                ? new BudgetValues(unit.inverted(), forks.map(value -> 1 / value))
                : new BudgetValues(unit, forks));
  }

  /** Converts the values; nothing if the units do not fit. */
  Optional<BudgetValues> in(Unit other) {
    return unit.factorTo(other)
        .map(factor -> new BudgetValues(other, forks.map(value -> value * factor)));
  }

  /** Returns the median of the forks' medians. */
  double median() {
    return Estimate.median(forks.medians());
  }

  /** Returns the smallest of what is counted, since one leak is one too many; else the median. */
  double low() {
    return isCounted() ? Arrays.stream(forks.iterations()).min().orElseThrow() : median();
  }

  /** Returns the largest of what is counted; else the median. */
  double high() {
    return isCounted() ? Arrays.stream(forks.iterations()).max().orElseThrow() : median();
  }

  /** Says which of the forks' values {@link #low} and {@link #high} are. */
  String summary() {
    return isCounted() ? "the least favourable fork" : "median of forks";
  }

  /** Returns the ratio with its interval; nothing without noise, or if there is no ratio. */
  Optional<Ratio> ratioTo(BudgetValues divisor) {
    return unit.isExact()
        ? Optional.empty()
        : Ratio.hodgesLehmann(
            divisor.forks.medians(), forks.medians(), Settings.defaults().confidence());
  }

  /** {@code 24.00 B/op}. */
  String text(double value) {
    return Numbers.fourDigits(value) + " " + unit.text();
  }

  private boolean isCounted() {
    return unit.kind() == Unit.Kind.COUNT;
  }
}

package io.gb.compare;

import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * One metric of one result, as a budget sees it.
 *
 * @param unit unit of all values
 * @param forks the values by fork and iteration, at least one
 */
record BudgetValues(Unit unit, List<double[]> forks) {

  /**
   * Takes a metric, throughput as time if time is asked for; nothing if there is no such metric.
   */
  static Optional<BudgetValues> of(Measured measured, MetricName name) {
    String metric = name.in(measured.id().mode());
    if (!measured.metricNames().contains(metric)
        || !measured.converts(metric, measured.unit(metric))) {
      return Optional.empty();
    }
    Unit unit = measured.unit(metric);
    BudgetValues values = new BudgetValues(unit, measured.forks(metric, unit));
    return Optional.of(name.inverts(unit) ? values.inverted() : values)
        .filter(some -> !some.forks().isEmpty());
  }

  private BudgetValues inverted() {
    return new BudgetValues(
        unit.inverted(),
        forks.stream().map(fork -> Arrays.stream(fork).map(value -> 1 / value).toArray()).toList());
  }

  /** The same in another unit, if it fits. */
  Optional<BudgetValues> in(Unit other) {
    return unit.factorTo(other)
        .map(factor ->
            new BudgetValues(
                other,
                forks.stream()
                    .map(fork -> Arrays.stream(fork).map(value -> value * factor).toArray())
                    .toList()));
  }

  /** The median of the forks' medians. */
  double median() {
    return Estimate.median(medians());
  }

  /** The smallest of what is counted, since one leak is one too many; else the median. */
  double low() {
    return isCounted() ? all().min().orElseThrow() : median();
  }

  /** The largest of what is counted; else the median. */
  double high() {
    return isCounted() ? all().max().orElseThrow() : median();
  }

  /** Which of the forks' values is taken. */
  String summary() {
    return isCounted() ? "the least favourable fork" : "median of forks";
  }

  int n() {
    return forks.size();
  }

  /** The ratio with its interval, if there is noise and a ratio exists. */
  Optional<Ratio> ratioTo(BudgetValues divisor) {
    return unit.isExact()
        ? Optional.empty()
        : Ratio.hodgesLehmann(divisor.medians(), medians(), Settings.defaults().confidence());
  }

  /** {@code 24.00 B/op}. */
  String text(double value) {
    return Numbers.fourDigits(value) + " " + unit.text();
  }

  private boolean isCounted() {
    return unit.kind() == Unit.Kind.COUNT;
  }

  private double[] medians() {
    return forks.stream().mapToDouble(Estimate::median).toArray();
  }

  private DoubleStream all() {
    return forks.stream().flatMapToDouble(Arrays::stream);
  }
}

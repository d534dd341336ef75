package io.gb.compare;

import static java.util.stream.Collectors.joining;

import io.gb.compare.Budget.Limit;
import io.gb.compare.BudgetResult.Outcome;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.stats.Ratio;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds the results of one file against a budget. */
final class BudgetJudge {

  /** Whether a budget is met, and the measured values that say so. */
  private record Finding(Outcome outcome, String measured) {

    static Finding of(boolean holds, String measured) {
      return new Finding(holds ? Outcome.MET : Outcome.MISSED, measured);
    }

    static Finding nothing(String why) {
      return new Finding(Outcome.NOT_MEASURED, why);
    }
  }

  private final Budget budget;
  private final Collection<Measured> all;

  BudgetJudge(Budget budget, List<JmhResult> results) {
    this.budget = budget;
    Side side = new Side("", results);
    this.all = Measured.of(side, Measured.ofSeveralThreadCounts(side)).values();
  }

  List<BudgetResult> judge() {
    List<Measured> matching =
        all.stream().filter(one -> budget.target().matches(one.id())).toList();
    if (matching.isEmpty()) {
      String message = "no result is for the budget " + budget.text();
      return List.of(
          new BudgetResult(budget.text(), Outcome.NOT_MEASURED, message + whereToLook()));
    }
    return matching.stream().map(one -> judge(one, matching.size() > 1)).toList();
  }

  private BudgetResult judge(Measured one, boolean isOneOfMany) {
    String label = label(one.id());
    Finding finding =
        BudgetValues.of(one, budget.metric())
            .map(values -> find(one.id(), values))
            .orElseGet(() -> Finding.nothing("is missing"));
    String message =
        label
            + ": "
            + budget.metric().text()
            + " "
            + finding.measured()
            + (finding.outcome() == Outcome.MET ? "; meets " : "; MISSES ")
            + budget.text();
    return new BudgetResult(
        isOneOfMany ? budget.text() + " in " + label : budget.text(),
        finding.outcome(),
        message + (finding.outcome() == Outcome.MET ? "" : whereToLook()));
  }

  private String whereToLook() {
    return budget.see().isEmpty() ? "" : "; see " + budget.see();
  }

  private Finding find(BenchmarkId id, BudgetValues values) {
    return switch (budget.limit()) {
      case Limit.Absolute limit -> absolute(values, limit.amount());
      case Limit.Times limit -> times(id, values, limit);
    };
  }

  private Finding absolute(BudgetValues values, Amount amount) {
    OptionalDouble limit = amount.in(values.unit());
    if (limit.isEmpty()) {
      String unit =
          amount.unit().isEmpty() ? "a limit without unit" : "a limit in " + amount.unit();
      return Finding.nothing("is in " + values.unit().text() + ", which " + unit + " does not fit");
    }
    double worst = worst(values.low(), values.high(), limit.getAsDouble());
    return Finding.of(
        holds(worst, limit.getAsDouble()),
        "is " + values.text(worst) + " (" + values.summary() + ", n=" + values.n() + ")");
  }

  private Finding times(BenchmarkId id, BudgetValues values, Limit.Times limit) {
    List<Measured> others =
        all.stream().filter(one -> limit.other().isCounterpart(one.id(), id)).toList();
    if (others.size() != 1) {
      return Finding.nothing(
          others.isEmpty()
              ? "has no result to be compared with"
              : "could be compared with several results: "
                  + others.stream().map(other -> label(other.id())).collect(joining("; ")));
    }
    Measured other = others.getFirst();
    if (other.id().equals(id)) {
      return Finding.nothing("would be compared with itself");
    }
    Optional<BudgetValues> converted =
        BudgetValues.of(other, budget.metric()).flatMap(found -> found.in(values.unit()));
    return converted
        .map(divisor -> ratio(values, divisor, limit.factor()))
        .orElseGet(() ->
            Finding.nothing("is missing or in a unit that does not fit in " + label(other.id())));
  }

  private Finding ratio(BudgetValues values, BudgetValues divisor, double factor) {
    double worst = worst(values.low() / divisor.high(), values.high() / divisor.low(), factor);
    if (Double.isNaN(worst)) {
      return Finding.nothing("is 0 or infinite on both sides: nothing measured");
    }
    String sides =
        values.text(values.median())
            + " by "
            + divisor.text(divisor.median())
            + ", "
            + values.summary()
            + ", n="
            + values.n()
            + "+"
            + divisor.n();
    Optional<Ratio> interval = values.ratioTo(divisor).filter(Ratio::isBounded);
    if (interval.isEmpty()) {
      return Finding.of(
          holds(worst, factor),
          "is " + Numbers.fourDigits(worst) + " times as much (" + sides + ", without interval)");
    }
    Ratio ratio = interval.get();
    return Finding.of(
        holds(Math.clamp(factor, ratio.lower(), ratio.upper()), factor),
        "is "
            + Numbers.fourDigits(ratio.value())
            + " times as much (interval "
            + Numbers.fourDigits(ratio.lower())
            + " to "
            + Numbers.fourDigits(ratio.upper())
            + ", "
            + sides
            + ")");
  }

  /** Which end of a range is the least favourable one. */
  private double worst(double low, double high, double limit) {
    return switch (budget.operator()) {
      case AT_MOST -> high;
      case AT_LEAST -> low;
      case EXACTLY -> Math.abs(high - limit) >= Math.abs(limit - low) ? high : low;
    };
  }

  private boolean holds(double value, double limit) {
    return switch (budget.operator()) {
      case AT_MOST -> !Numbers.isAbove(value, limit);
      case AT_LEAST -> !Numbers.isAbove(limit, value);
      case EXACTLY -> !Numbers.isAbove(value, limit) && !Numbers.isAbove(limit, value);
    };
  }

  private static String label(BenchmarkId id) {
    return id.label() + ", " + id.mode().label();
  }
}

package io.gb.compare.limit;

import static java.util.stream.Collectors.joining;

import io.gb.compare.Settings;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.measured.Measured;
import io.gb.compare.stats.Ratio;
import io.gb.compare.text.Numbers;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds the results of one file to a budget. */
final class BudgetJudge {

  /** Whether a budget is held, and the measured values that say so. */
  private record Finding(Outcome outcome, String measured) {

    static Finding of(boolean holds, String measured) {
      return new Finding(holds ? Outcome.HELD : Outcome.MISSED, measured);
    }

    static Finding nothing(String why) {
      return new Finding(Outcome.UNDECIDED, why);
    }
  }

  private final Limit budget;
  private final Collection<Measured> all;

  BudgetJudge(Limit budget, List<JmhResult> results) {
    this.budget = budget;
    this.all = Measured.of(results, Measured.ofSeveralThreadCounts(results)).values();
  }

  List<BudgetResult> judge() {
    BenchmarkName name = budget.benchmark().orElseThrow();
    List<Measured> limited = all.stream().filter(one -> name.matches(one.id())).toList();
    if (limited.isEmpty()) {
      String message = "no benchmark has this name: " + budget.text();
      return List.of(new BudgetResult(budget.text(), Outcome.UNDECIDED, message + whereToLook()));
    }
    return limited.stream().map(one -> judge(one, limited.size() > 1)).toList();
  }

  private BudgetResult judge(Measured one, boolean isOneOfSeveral) {
    String label = label(one.id());
    Finding finding =
        BudgetValues.of(one, budget)
            .map(values -> find(one.id(), values))
            .orElseGet(() -> Finding.nothing("is missing"));
    boolean isHeld = finding.outcome() == Outcome.HELD;
    String verdict =
        switch (finding.outcome()) {
          case HELD -> "meets";
          case MISSED -> "MISSES";
          case UNDECIDED -> "could not be judged by";
        };
    return new BudgetResult(
        isOneOfSeveral ? budget.text() + " in " + label : budget.text(),
        finding.outcome(),
        "%s: %s %s; %s %s%s"
            .formatted(
                label,
                budget.metric(),
                finding.measured(),
                verdict,
                budget.text(),
                isHeld ? "" : whereToLook()));
  }

  private String whereToLook() {
    return budget.see().isEmpty() ? "" : "; see " + budget.see();
  }

  private Finding find(BenchmarkId id, BudgetValues values) {
    OptionalDouble floor = budget.floorIn(values.unit(), Settings.defaults().floorBytes());
    if (floor.isEmpty()) {
      return Finding.nothing(
          "is in "
              + values.unit().text()
              + ", but the floor "
              + budget.floor().get().unitInWords());
    }
    return budget
        .other()
        .map(other -> multiple(id, values, other, floor.getAsDouble()))
        .orElseGet(() -> absolute(values, floor.getAsDouble()));
  }

  private Finding absolute(BudgetValues values, double floor) {
    OptionalDouble converted = budget.amount().in(values.unit());
    if (converted.isEmpty()) {
      return Finding.nothing(
          "is in " + values.unit().text() + ", but the limit " + budget.amount().unitInWords());
    }
    double limit = converted.getAsDouble();
    double worst = budget.operator().worst(values.low(), values.high(), limit);
    return Finding.of(
        budget.operator().holds(worst, limit, floor),
        "is "
            + values.text(worst)
            + " ("
            + values.summary()
            + ", n="
            + values.forks().count()
            + ")");
  }

  private Finding multiple(BenchmarkId id, BudgetValues values, BenchmarkName name, double floor) {
    List<Measured> others = all.stream().filter(one -> name.isCounterpart(one.id(), id)).toList();
    if (others.size() != 1) {
      return Finding.nothing(
          others.isEmpty()
              ? "has no other result to compare with"
              : "could be compared with several results: "
                  + others.stream().map(other -> label(other.id())).collect(joining("; ")));
    }
    Measured other = others.get(0);
    if (other.id().equals(id)) {
      return Finding.nothing("would be compared with itself");
    }
    return BudgetValues.of(other, budget)
        .flatMap(found -> found.in(values.unit()))
        .map(divisor -> ratio(values, divisor, floor))
        .orElseGet(() ->
            Finding.nothing(
                "is missing or in a unit that cannot be converted in " + label(other.id())));
  }

  private Finding ratio(BudgetValues values, BudgetValues divisor, double floor) {
    Operator operator = budget.operator();
    double limit = budget.amount().value();
    double worst =
        operator.worst(values.low() / divisor.high(), values.high() / divisor.low(), limit);
    if (Double.isNaN(worst)) {
      return Finding.nothing("is 0 or infinite in both benchmarks, which have no ratio");
    }
    String sides =
        "%s against %s, %s, n=%s+%s"
            .formatted(
                values.text(values.median()),
                divisor.text(divisor.median()),
                values.summary(),
                values.forks().count(),
                divisor.forks().count());
    Optional<Ratio> interval = values.ratioTo(divisor).filter(Ratio::isBounded);
    // The ratio of two values below the floor says nothing.
    boolean isBelowFloor =
        operator == Operator.AT_MOST && operator.holds(values.high(), limit * divisor.low(), floor);
    if (interval.isEmpty()) {
      return Finding.of(
          operator.holds(worst, limit) || isBelowFloor,
          "is %s times as much (%s, without interval)".formatted(Numbers.fourDigits(worst), sides));
    }
    Ratio ratio = interval.get();
    double nearest = Math.max(ratio.lower(), Math.min(ratio.upper(), limit));
    return Finding.of(
        operator.holds(nearest, limit) || isBelowFloor,
        "is %s times as much (interval %s to %s, %s)"
            .formatted(
                Numbers.fourDigits(ratio.value()),
                Numbers.fourDigits(ratio.lower()),
                Numbers.fourDigits(ratio.upper()),
                sides));
  }

  private static String label(BenchmarkId id) {
    return id.label() + ", " + id.mode().label();
  }
}

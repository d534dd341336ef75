package io.gb.compare;

import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.Mode;
import io.gb.compare.measured.Spread;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.stats.TestOfRatio;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One benchmark's metric on two sides. Immutable.
 *
 * @param key the table it belongs to
 * @param id benchmark, parameters and mode
 * @param method how it was judged
 * @param base estimate of the base, in the unit of the table
 * @param contender estimate of the contender, in the same unit
 * @param ratio contender divided by base; nothing if a value is not above 0, unless all are 0
 * @param test tests whether the ratio is a given one; nothing if values are exact and do not vary
 * @param p before the correction; nothing if the method is exact
 * @param adjustedP p after Holm's correction; nothing if the method is exact
 * @param spread how much forks spread; nothing unless the method needs to know
 * @param forksToDecide how many forks on each side would probably show a change as large as this
 *     one seems to be, or that there is none; nothing if the row is decided or nobody can say
 * @param shown whether a change is shown, however small: by p, or by exact values that differ by
 *     more than they vary
 * @param verdict what is said of the change
 * @param marks the kinds of warnings that concern this row
 */
public record Row(
    TableKey key,
    BenchmarkId id,
    Method method,
    Estimate base,
    Estimate contender,
    Optional<Ratio> ratio,
    Optional<TestOfRatio> test,
    OptionalDouble p,
    OptionalDouble adjustedP,
    Optional<Spread> spread,
    OptionalInt forksToDecide,
    boolean shown,
    Verdict verdict,
    Set<Warning.Kind> marks) {

  /** How a row was judged. */
  public enum Method {
    /** By a test of one value per fork. */
    FORKS,
    /** By a test that knows how much forks spread, since there are too few for one of ranks. */
    SPREAD,
    /** By comparing values that have no noise. */
    EXACT
  }

  /**
   * What the rows of one table have in common.
   *
   * @param contender name of the side that is compared with the base
   * @param group the value that the rows were grouped by, {@code size=10}; empty without grouping
   * @param metric {@code time}, {@code throughput} or the name of a secondary metric
   * @param mode JMH's mode
   * @param unit unit of all values
   */
  public record TableKey(String contender, String group, String metric, Mode mode, Unit unit) {

    /** {@return whether the table is about the primary metric of its benchmarks} */
    public boolean isPrimary() {
      return metric.equals(mode.metric());
    }

    /**
     * {@return whether the table is about the speed of the benchmarks: of the primary metric or its
     * percentiles}
     */
    public boolean isSpeed() {
      boolean isPercentile = mode == Mode.SAMPLE_TIME && PERCENTILE.matcher(metric).matches();
      return unit.kind() == Unit.Kind.SPEED && (isPrimary() || isPercentile);
    }
  }

  private static final Pattern PERCENTILE = Pattern.compile("p[01]\\.[0-9]+");

  /** Copies the set. */
  public Row {
    marks = Set.copyOf(marks);
  }
}

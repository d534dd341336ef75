package io.gb.compare;

import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.Mode;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.stats.UTest;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One benchmark's metric on two sides. Immutable.
 *
 * @param key which table it belongs to
 * @param id benchmark, parameters and mode
 * @param method how it was judged
 * @param base what the base has, in the unit of the table
 * @param contender what the contender has, in the same unit
 * @param ratio contender by base; nothing if a value is not above 0, unless all are 0
 * @param test what the test says of it; nothing if values compare as they are and do not vary
 * @param adjustedP p after Holm's correction over all rows; nothing if judged exactly
 * @param shown whether a change was shown, however small: by p, or by values that lie further apart
 *     than they vary
 * @param verdict what it comes to
 * @param marks the kinds of warnings that concern this row
 */
public record Row(
    TableKey key,
    BenchmarkId id,
    Method method,
    Estimate base,
    Estimate contender,
    Optional<Ratio> ratio,
    Optional<UTest> test,
    OptionalDouble adjustedP,
    boolean shown,
    Verdict verdict,
    Set<Warning.Kind> marks) {

  /** How a row was judged. */
  public enum Method {
    /** By a test on one value for each fork. */
    FORKS,
    /** By a test on the iterations of all forks, for want of forks: never enough for a gate. */
    ITERATIONS,
    /** By comparing values without noise. */
    EXACT
  }

  /**
   * What the rows of one table have in common.
   *
   * @param contender name of the side that is compared with the base
   * @param group what the rows were grouped by; often empty
   * @param metric {@code time}, {@code throughput} or the name of a secondary metric
   * @param mode JMH's mode
   * @param unit unit of all values
   */
  public record TableKey(String contender, String group, String metric, Mode mode, Unit unit) {

    /**
     * Returns whether it is about the speed of the benchmark itself: primary, or its percentiles.
     */
    public boolean isSpeed() {
      boolean isPrimary = metric.equals(mode.metric());
      boolean isPercentile = mode == Mode.SAMPLE_TIME && PERCENTILE.matcher(metric).matches();
      return unit.kind() == Unit.Kind.SPEED && (isPrimary || isPercentile);
    }
  }

  private static final Pattern PERCENTILE = Pattern.compile("p[01]\\.[0-9]+");

  /** Copies the set. */
  public Row {
    marks = Set.copyOf(marks);
  }

  /** Returns the probability of such samples without a change; nothing if judged exactly. */
  public OptionalDouble p() {
    return method == Method.EXACT
        ? OptionalDouble.empty()
        : test.map(t -> OptionalDouble.of(t.p())).orElse(OptionalDouble.empty());
  }
}

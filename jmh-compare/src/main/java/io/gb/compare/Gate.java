package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.jmh.BenchmarkId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit for the change of a metric. A row misses it only if the change is shown <em>and</em> is
 * larger than allowed. Immutable.
 *
 * <p>{@code time} stands for the primary metric in every mode, as time: throughput that fell to 1 /
 * 1.05 is time that rose by 5 %.
 */
public final class Gate {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<metric>[^\\s<>=,]+)\\s*(?<operator><=|>=)\\s*(?<share>[+-]?"
              + Amount.NUMBER
              + ")\\s*%(?:\\s*,\\s*(?<floor>"
              + Amount.NUMBER
              + ")\\s*(?<unit>[A-Za-z#/]*))?(?:\\s+for\\s+(?<benchmark>\\S+))?");

  private final String place;
  private final String text;
  private final MetricName metric;
  private final boolean isIncrease;
  private final double share;

  /** Null if none is given. */
  private final @Nullable Amount floor;

  private final Pattern benchmark;

  private Gate(
      String place,
      String text,
      MetricName metric,
      boolean isIncrease,
      double share,
      @Nullable Amount floor,
      Pattern benchmark) {
    this.place = place;
    this.text = text;
    this.metric = metric;
    this.isIncrease = isIncrease;
    this.share = share;
    this.floor = floor;
    this.benchmark = benchmark;
  }

  /**
   * Reads a gate: {@code metric<=+share%[,floor] [for benchmark]}, or {@code >=-share%} to limit a
   * decrease. The change has to be larger than both; the floor has a unit that converts to the
   * metric's. Without one, it is {@link Settings#floorBytes} for bytes, and else 0.
   *
   * @throws IllegalArgumentException if it is none; the message does not repeat the text
   */
  public static Gate parse(String text) {
    return parse("", text);
  }

  private static Gate parse(String place, String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not a gate such as time<=+5% or gc.alloc.rate.norm<=+0%,64B");
    }
    boolean isIncrease = form.group("operator").equals("<=");
    double share = Double.parseDouble(form.group("share")) / 100;
    if (isIncrease ? share < 0 : share > 0) {
      throw new IllegalArgumentException(
          "<= limits an increase, as in <=+5%; >= a decrease, as in >=-5%");
    }
    if (share <= -1) {
      throw new IllegalArgumentException("nothing can decrease by more than 100 %");
    }
    String floor = form.group("floor");
    String benchmark = form.group("benchmark");
    return new Gate(
        place,
        text.strip(),
        new MetricName(form.group("metric")),
        isIncrease,
        Math.abs(share),
        floor == null ? null : new Amount(Double.parseDouble(floor), form.group("unit")),
        Patterns.parse(benchmark == null ? "" : benchmark));
  }

  /**
   * Reads a file with a gate in each line; empty lines and those that begin with {@code #} do not
   * count.
   *
   * @throws IllegalArgumentException if a line is no gate or stands there twice, or if there is
   *     none; the message names file and line
   * @throws IOException if it cannot be read; the message names the file
   */
  public static List<Gate> readFile(Path file) throws IOException {
    return LineFile.read(file, "gate", Gate::parse, Gate::text);
  }

  /** Returns it as written. */
  public String text() {
    return text;
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return text;
  }

  /** The text behind file and line, if it comes from a file. */
  String named() {
    return place.isEmpty() ? text : place + ": " + text;
  }

  /** Whether it is for a metric of a benchmark. */
  boolean isFor(BenchmarkId id, String metricName) {
    return metricName.equals(metric.in(id.mode())) && benchmark.matcher(id.benchmark()).find();
  }

  /**
   * Whether the change of a row is larger than allowed, shown or not. Without a floor, bytes that
   * count as none do so here too.
   *
   * @throws IllegalArgumentException if the floor is not in a unit that fits
   */
  boolean isExceededBy(Row row, Settings settings) {
    Unit unit = row.key().unit();
    boolean inverts = metric.inverts(unit);
    double least = least(row, inverts ? unit.inverted() : unit, settings);
    double base = inverts ? 1 / row.base().median() : row.base().median();
    if (Double.isInfinite(base)) {
      // Time without an end, as throughput was 0: any other is a decrease beyond all limits.
      return !isIncrease && Double.isFinite(contender(row, inverts));
    }
    double allowed = Math.max(share * Math.abs(base), least);
    return isIncrease
        ? Numbers.isAbove(contender(row, inverts), base + allowed)
        : Numbers.isAbove(base - allowed, contender(row, inverts));
  }

  private double least(Row row, Unit unit, Settings settings) {
    if (floor == null) {
      return unit.kind() == Unit.Kind.BYTES ? settings.floorBytes() : 0;
    }
    return floor
        .in(unit)
        .orElseThrow(() ->
            new IllegalArgumentException(
                named()
                    + ": the floor "
                    + (floor.unit().isEmpty() ? "needs a unit" : "is in " + floor.unit())
                    + ", but "
                    + row.id().label()
                    + " is in "
                    + row.key().unit().text()));
  }

  /** What the gate takes the contender for: where there is noise, the base times the ratio. */
  private static double contender(Row row, boolean inverts) {
    double value =
        row.ratio()
            .filter(_ -> row.method() != Method.EXACT)
            .map(ratio -> ratio.value() * row.base().median())
            .orElse(row.contender().median());
    return inverts ? 1 / value : value;
  }
}

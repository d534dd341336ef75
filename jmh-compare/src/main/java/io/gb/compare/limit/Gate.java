package io.gb.compare.limit;

import io.gb.compare.Row;
import io.gb.compare.Row.Method;
import io.gb.compare.Settings;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.measured.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A limit for the change of a metric. A row misses it only if a change larger than allowed is
 * shown, and keeps to it only if the whole interval of the change does; else nothing is decided. A
 * limit that ends with an exclamation mark is missed unless the row keeps to it. Immutable.
 *
 * <pre>
 * time&lt;=+5%
 * throughput&gt;=-5%
 * time&lt;=+5%!
 * gc.alloc.rate.norm&lt;=+0%,64B for Codec
 * </pre>
 *
 * <p>{@code <=} limits an increase, {@code >=} a decrease. {@code time} stands for the primary
 * metric in every mode, as time: throughput that fell to 1 / 1.05 is time that rose by 5 %. The
 * floor behind the comma is the largest change that does not count; its unit converts to that of
 * the metric. Without one, it is {@link Settings#floorBytes} for bytes, and else 0. Behind {@code
 * for}, a regular expression is found in the names of the benchmarks that the gate is for.
 */
public final class Gate {

  private final String place;
  private final Limit limit;

  private Gate(String place, Limit limit) {
    this.place = place;
    this.limit = limit;
  }

  /**
   * Reads a gate: {@code metric<=+share%[,floor][!] [for expression]}, or {@code >=-share%}.
   *
   * @param text a gate as above
   * @return the gate
   * @throws IllegalArgumentException if the text is no gate; the message does not repeat it
   */
  public static Gate parse(String text) {
    return parse("", text);
  }

  private static Gate parse(String place, String text) {
    Limit limit =
        Limit.parse(text)
            .filter(Gate::isGate)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "not a gate such as time<=+5%, time<=+5%! or gc.alloc.rate.norm<=+0%,64B"));
    double percent = limit.amount().value();
    if (limit.operator() == Operator.AT_MOST ? percent < 0 : percent > 0) {
      throw new IllegalArgumentException(
          "<= limits an increase, as in <=+5%; >= limits a decrease, as in >=-5%");
    }
    if (percent <= -100) {
      throw new IllegalArgumentException("nothing can decrease by more than 100 %");
    }
    return new Gate(place, limit);
  }

  private static boolean isGate(Limit limit) {
    return limit.amount().isShare()
        && limit.benchmark().isEmpty()
        && limit.operator() != Operator.EXACTLY
        && limit.see().isEmpty();
  }

  /**
   * Reads a file with one gate per line; empty lines and lines that begin with {@code #} are
   * skipped.
   *
   * @param file a text file in UTF-8
   * @return at least one gate, in the order of the file
   * @throws IllegalArgumentException if a line is no gate or repeats another, or if there is none;
   *     the message names file and line
   * @throws IOException if the file cannot be read; the message names it
   */
  public static List<Gate> readFile(Path file) throws IOException {
    return LimitFile.read(file, "gate", Gate::parse, Gate::text);
  }

  /** {@return the gate as written} */
  public String text() {
    return limit.text();
  }

  /** Returns the gate as written. */
  @Override
  public String toString() {
    return text();
  }

  /** Returns the text, and in front of it file and line if it comes from a file. */
  String named() {
    return place.isEmpty() ? text() : place + ": " + text();
  }

  /** Returns the regular expression behind {@code for}; empty if there is none. */
  String filter() {
    return limit.filter().pattern();
  }

  boolean limits(BenchmarkId id, String metric) {
    return isOf(id, metric) && limit.filter().matcher(id.benchmark()).find();
  }

  /** Whether it limits a metric, of whichever benchmark. */
  boolean isOf(BenchmarkId id, String metric) {
    return metric.equals(limit.metricIn(id.mode()));
  }

  /** Whether a row misses it unless it is shown to keep to it. */
  boolean mustBeShown() {
    return limit.mustBeShown();
  }

  /**
   * Whether the change of a row is larger than allowed, shown or not.
   *
   * @throws IllegalArgumentException if the floor's unit does not convert to that of the metric
   */
  boolean isExceededBy(Row row, Settings settings) {
    double contender = contender(row);
    return !limit.operator().holds(inverts(row) ? 1 / contender : contender, bound(row, settings));
  }

  /**
   * Returns the ratio of contender to base that is just allowed; not above 0 if any is, and nothing
   * if the base is 0.
   */
  OptionalDouble allowedRatio(Row row, Settings settings) {
    double base = base(row);
    double ratio = bound(row, settings) / base;
    return base > 0 && Double.isFinite(base)
        ? OptionalDouble.of(inverts(row) && ratio > 0 ? 1 / ratio : ratio)
        : OptionalDouble.empty();
  }

  /** Whether larger ratios than the allowed one miss it, and not smaller ones. */
  boolean limitsIncrease(Row row) {
    return (limit.operator() == Operator.AT_MOST) != inverts(row);
  }

  private boolean inverts(Row row) {
    return limit.inverts(row.key().unit());
  }

  /** The base as the limit counts it: throughput as time if time is limited. */
  private double base(Row row) {
    return inverts(row) ? 1 / row.base().median() : row.base().median();
  }

  private double bound(Row row, Settings settings) {
    double base = base(row);
    // Throughput of 0 is infinite time: any other time is a decrease beyond all limits.
    double allowed =
        Double.isInfinite(base)
            ? 0
            : Math.max(Math.abs(limit.amount().value() / 100 * base), floor(row, settings));
    return limit.operator() == Operator.AT_MOST ? base + allowed : base - allowed;
  }

  private double floor(Row row, Settings settings) {
    Unit unit = row.key().unit();
    return limit
        .floorIn(inverts(row) ? unit.inverted() : unit, settings.floorBytes())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s: the floor %s, but %s is in %s"
                    .formatted(
                        named(),
                        limit.floor().orElseThrow().unitInWords(),
                        row.id().label(),
                        unit.text())));
  }

  /** Where there is noise, the base times the ratio, which is surer than the median. */
  private static double contender(Row row) {
    return row.ratio()
        .filter(ratio -> row.method() != Method.EXACT)
        .map(ratio -> ratio.value() * row.base().median())
        .orElse(row.contender().median());
  }
}

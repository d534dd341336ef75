package io.gb.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A limit for the change of a metric. A row misses it only if the change is shown <em>and</em> is
 * larger than allowed. Immutable.
 *
 * <p>{@code time} stands for the primary metric in every mode, as time: throughput that fell to 1 /
 * 1.05 is time that rose by 5 %.
 *
 * @param text as written, {@code gc.alloc.rate.norm<=+0%,64B}
 * @param metric name of the metric, or {@code time}
 * @param increase whether an increase is limited, or else a decrease
 * @param share how much may change, as a share of the base; 0 or more
 * @param floor how much may change in any case, in the unit of the metric; 0 or more
 * @param floorUnit unit of the floor; empty if it was given without one
 * @param benchmark found in the names of the benchmarks it is for
 */
public record Gate(
    String text,
    String metric,
    boolean increase,
    double share,
    double floor,
    String floorUnit,
    Pattern benchmark) {

  private static final String TIME = "time";

  private static final Pattern FORM =
      Pattern.compile(
          "(?<metric>[^\\s<>=,]+)\\s*(?<operator><=|>=)\\s*(?<share>[+-]?[0-9]+(?:\\.[0-9]+)?)\\s*%"
              + "(?:\\s*,\\s*(?<floor>[0-9]+(?:\\.[0-9]+)?)\\s*(?<unit>[A-Za-z#/]*))?"
              + "(?:\\s+for\\s+(?<benchmark>\\S+))?");

  /**
   * Reads a gate: {@code metric<=+share%[,floor] [for benchmark]}, or {@code >=-share%} to limit a
   * decrease.
   *
   * @throws IllegalArgumentException if it is none; the message does not repeat the text
   */
  public static Gate parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not a gate such as time<=+5% or gc.alloc.rate.norm<=+0%,64B");
    }
    boolean increase = form.group("operator").equals("<=");
    double share = Double.parseDouble(form.group("share")) / 100;
    if (increase ? share < 0 : share > 0) {
      throw new IllegalArgumentException(
          "<= limits an increase, as in <=+5%; >= a decrease, as in >=-5%");
    }
    boolean floored = form.group("floor") != null;
    return new Gate(
        text.strip(),
        form.group("metric"),
        increase,
        Math.abs(share),
        floored ? Double.parseDouble(form.group("floor")) : 0,
        floored ? form.group("unit") : "",
        pattern(form.group("benchmark") == null ? "" : form.group("benchmark")));
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

  /** Returns whether it is for a row. */
  public boolean isFor(Row row) {
    boolean named =
        row.key().metric().equals(metric)
            || (metric.equals(TIME) && row.key().metric().equals(row.key().mode().metric()));
    return named && benchmark.matcher(row.id().benchmark()).find();
  }

  /**
   * Returns whether a row keeps to it.
   *
   * @throws IllegalArgumentException if the floor is not in the row's unit
   */
  public boolean holds(Row row) {
    checkUnit(row);
    return !row.shown() || !exceeds(row);
  }

  private boolean exceeds(Row row) {
    double base = row.base().median();
    double change = row.contender().median() - base;
    change = isInverted(row) ? -change : change;
    if (row.method() != Row.Method.EXACT && row.ratio().isPresent()) {
      double ratio = row.ratio().get().value();
      change = ((isInverted(row) ? 1 / ratio : ratio) - 1) * base;
    }
    return (increase ? change : -change) > Math.max(share * Math.abs(base), floor);
  }

  /** Whether the gate speaks of time, and the row of operations in a time. */
  private boolean isInverted(Row row) {
    return metric.equals(TIME) && row.key().unit().direction() == Unit.Direction.HIGHER;
  }

  private void checkUnit(Row row) {
    String unit = row.key().unit().text();
    if (floor > 0 && isInverted(row)) {
      throw new IllegalArgumentException(
          text + ": a floor in " + floorUnit + " does not fit " + row.id().label() + " in " + unit);
    }
    if (!floorUnit.isEmpty() && !unit.equals(floorUnit) && !unit.equals(floorUnit + "/op")) {
      throw new IllegalArgumentException(
          text + ": the floor must be in the unit of " + row.id().label() + ", " + unit);
    }
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a regular expression: " + regex, e);
    }
  }
}

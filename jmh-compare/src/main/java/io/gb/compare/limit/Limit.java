package io.gb.compare.limit;

import io.gb.compare.jmh.Mode;
import io.gb.compare.measured.Unit;
import io.gb.compare.text.Patterns;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit as users write it: the grammar that gates and budgets share, and each of them restricts.
 *
 * <pre>
 * metric [of benchmark] &lt;=|&gt;=|== amount [, floor] [!] [for expression] [; see where]
 * </pre>
 *
 * <p>A metric's name with blanks or quotes stands in quotes: {@code "my \"own\" metric"}.
 *
 * <p>The amount is a share, {@code +5%}, a number with a unit, {@code 64 B/op}, or a multiple of
 * what another benchmark has, {@code 1.1 x Codec.decode}. Immutable.
 *
 * @param text the limit as written, without the place to look
 * @param metric the metric that is limited; {@code time} stands for the primary one in every mode,
 *     as time
 * @param benchmark the benchmark that is limited
 * @param operator how the amount restricts the metric
 * @param amount the number with its unit, which is {@code %} for a share and empty for a multiple
 * @param other the benchmark that the amount is a multiple of
 * @param floor the largest change that does not count
 * @param mustBeShown whether it is missed unless the values are shown to keep to it
 * @param filter is found in the names of the benchmarks that are limited
 * @param see where to look if the limit is missed; empty if it does not say
 */
record Limit(
    String text,
    String metric,
    Optional<BenchmarkName> benchmark,
    Operator operator,
    Amount amount,
    Optional<BenchmarkName> other,
    Optional<Amount> floor,
    boolean mustBeShown,
    Pattern filter,
    String see) {

  private static final String NUMBER = "[0-9]+(?:\\.[0-9]+)?";
  private static final String UNIT = "(?:[A-Za-z#][^\\s;,!]*)?";
  private static final String BENCHMARK = "[^\\s()<>=]+(?:\\([^()]*\\))?";

  private static final Pattern FORM =
      Pattern.compile(
          "(?<limit>(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)+)\"|(?<metric>[^\\s<>=\"][^\\s<>=]*))"
              + ("(?:\\s+of\\s+(?<benchmark>" + BENCHMARK + "))?")
              + "\\s*(?<operator>[<>=]=)\\s*"
              + ("(?<number>" + NUMBER + "|[+-]" + NUMBER + "(?=\\s*%))\\s*")
              + ("(?:x\\s+(?<other>" + BENCHMARK + ")|(?<unit>%|" + UNIT + "))")
              + ("(?:\\s*,\\s*(?<floor>" + NUMBER + ")\\s*(?<floorUnit>" + UNIT + "))?")
              + "(?<shown>!)?"
              + "(?:\\s+for\\s+(?<filter>\\S+))?)"
              + "(?:\\s*;\\s*see\\s+(?<see>.+))?");

  /**
   * Reads a limit.
   *
   * @return nothing if the text does not have the form of a limit
   * @throws IllegalArgumentException if a part of it is wrong; the message does not repeat the text
   */
  static Optional<Limit> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    return form.matches() ? Optional.of(of(form)) : Optional.empty();
  }

  private static Limit of(Matcher form) {
    return new Limit(
        form.group("limit").strip(),
        part(form, "metric").orElseGet(() -> form.group("quoted").replaceAll("\\\\(.)", "$1")),
        part(form, "benchmark").map(BenchmarkName::parse),
        Operator.of(form.group("operator")),
        amount(form.group("number"), part(form, "unit")),
        part(form, "other").map(BenchmarkName::parse),
        part(form, "floor").map(floor -> amount(floor, part(form, "floorUnit"))),
        form.group("shown") != null,
        Patterns.parse(part(form, "filter").orElse("")),
        part(form, "see").orElse("").strip());
  }

  /** Returns the metric's name in the results of a mode. */
  String metricIn(Mode mode) {
    return isTime() ? mode.metric() : metric;
  }

  /** Whether it limits time and the unit is one of throughput. */
  boolean inverts(Unit unit) {
    return isTime() && unit.direction() == Unit.Direction.HIGHER;
  }

  /**
   * Returns the largest difference in a metric that does not count: without a floor, that of the
   * settings for bytes and else 0; nothing if the floor's unit does not convert to that of the
   * metric.
   */
  OptionalDouble floorIn(Unit unit, double floorBytes) {
    return floor
        .map(amount -> amount.in(unit))
        .orElseGet(() -> OptionalDouble.of(unit.kind() == Unit.Kind.BYTES ? floorBytes : 0));
  }

  /** Writes the name of a metric as a limit must name it. */
  static String quoted(String metric) {
    return metric.matches("[^\\s<>=\"][^\\s<>=]*")
        ? metric
        : '"' + metric.replaceAll("([\"\\\\])", "\\\\$1") + '"';
  }

  private boolean isTime() {
    return metric.equals("time");
  }

  private static Amount amount(String number, Optional<String> unit) {
    return new Amount(Double.parseDouble(number), unit.orElse(""));
  }

  private static Optional<String> part(Matcher form, String name) {
    return Optional.ofNullable(form.group(name));
  }
}

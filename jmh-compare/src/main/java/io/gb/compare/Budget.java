package io.gb.compare;

import io.gb.compare.jmh.JmhResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a metric of one result may be: at most, at least or just so much, or so many times as much
 * as that of another benchmark in the same file. Immutable.
 *
 * <pre>
 * gc.alloc.rate.norm of Codec.encode &lt;= 64 B/op; see docs/allocation.md
 * time of Codec.encode(kind=NEW) &lt;= 1.1 x Codec.encode(kind=OLD)
 * </pre>
 *
 * <p>A benchmark is named by the last parts of its full name, its parameters as far as they matter.
 * {@code time} is the primary metric as time in every mode.
 */
public final class Budget {

  /** Which way a value is limited. */
  enum Operator {
    /** At most. */
    AT_MOST("<="),
    /** At least. */
    AT_LEAST(">="),
    /** Neither more nor less. */
    EXACTLY("==");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    static Operator of(String text) {
      return switch (text) {
        case "<=" -> AT_MOST;
        case ">=" -> AT_LEAST;
        default -> EXACTLY;
      };
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** What a value is held against. */
  sealed interface Limit {
    /** Something measured in a unit. */
    record Absolute(Amount amount) implements Limit {}

    /** So many times the same metric of another benchmark. */
    record Times(double factor, Target other) implements Limit {}
  }

  private static final String TARGET = "[^\\s()<>=]+(?:\\([^()]*\\))?";

  private static final Pattern FORM =
      Pattern.compile(
          "(?<budget>(?<metric>[^\\s<>=]+)\\s+of\\s+(?<target>"
              + TARGET
              + ")\\s*(?<operator><=|>=|==)\\s*(?:(?<factor>"
              + Amount.NUMBER
              + ")\\s*x\\s+(?<other>"
              + TARGET
              + ")|(?<value>"
              + Amount.NUMBER
              + ")\\s*(?<unit>[A-Za-z#][^\\s;]*)?))(?:\\s*;\\s*see\\s+(?<see>.+))?");

  private final String text;
  private final MetricName metric;
  private final Target target;
  private final Operator operator;
  private final Limit limit;
  private final String see;

  private Budget(
      String text, MetricName metric, Target target, Operator operator, Limit limit, String see) {
    this.text = text;
    this.metric = metric;
    this.target = target;
    this.operator = operator;
    this.limit = limit;
    this.see = see;
  }

  /**
   * Reads a budget: {@code metric of benchmark[(param=value,...)] <=|>=|== limit [; see where]};
   * the limit is a number with its unit, or {@code number x benchmark[(param=value,...)]}.
   *
   * @throws IllegalArgumentException if it is none; the message does not repeat the text
   */
  public static Budget parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not a budget such as gc.alloc.rate.norm of Codec.encode <= 64 B/op, or time of"
              + " Codec.encode(kind=NEW) <= 1.1 x Codec.encode(kind=OLD)");
    }
    String see = form.group("see");
    return new Budget(
        form.group("budget").strip(),
        new MetricName(form.group("metric")),
        Target.parse(form.group("target")),
        Operator.of(form.group("operator")),
        limit(form),
        see == null ? "" : see.strip());
  }

  private static Limit limit(Matcher form) {
    if (form.group("other") != null) {
      return new Limit.Times(
          Double.parseDouble(form.group("factor")), Target.parse(form.group("other")));
    }
    String unit = form.group("unit");
    return new Limit.Absolute(
        new Amount(Double.parseDouble(form.group("value")), unit == null ? "" : unit));
  }

  /**
   * Reads a file with a budget in each line; empty lines and those that begin with {@code #} do not
   * count.
   *
   * @throws IllegalArgumentException if a line is no budget or stands there twice, or if there is
   *     none; the message names file and line
   * @throws IOException if it cannot be read; the message names the file
   */
  public static List<Budget> readFile(Path file) throws IOException {
    return LineFile.read(file, "budget", (_, line) -> parse(line), Budget::text);
  }

  /**
   * Holds results against this budget.
   *
   * @param results of one file; the same benchmark twice stands for further forks
   * @return a verdict for each result that the budget is for; a single one that is not met if there
   *     is no such result
   */
  public List<BudgetResult> judge(List<JmhResult> results) {
    return new BudgetJudge(this, results).judge();
  }

  /** Returns it as written, without where to look. */
  public String text() {
    return text;
  }

  MetricName metric() {
    return metric;
  }

  Target target() {
    return target;
  }

  Operator operator() {
    return operator;
  }

  Limit limit() {
    return limit;
  }

  /** Where to look if it is missed; empty if it does not say. */
  String see() {
    return see;
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return text;
  }
}

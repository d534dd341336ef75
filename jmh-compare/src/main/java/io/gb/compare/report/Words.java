package io.gb.compare.report;

import io.gb.compare.Numbers;
import io.gb.compare.Row;
import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.Unit;
import io.gb.compare.Verdict;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import java.util.List;

/** How the reports for people say things. */
final class Words {

  private Words() {}

  /** What a table is about: {@code time (avgt, ns/op)}. */
  static String title(TableKey key) {
    return key.metric() + " (" + key.mode().label() + ", " + key.unit().text() + ")";
  }

  /** The same with the group, if there are groups. */
  static String titleWithGroup(TableKey key) {
    return key.group().isEmpty() ? title(key) : title(key) + ", " + key.group();
  }

  /** The median of one side, to the last one of what is counted. */
  static String value(Row row, Estimate side) {
    return isCounted(row) ? Numbers.plain(side.median()) : Numbers.fourDigits(side.median());
  }

  private static boolean isCounted(Row row) {
    return row.key().unit().kind() == Unit.Kind.COUNT;
  }

  /** {@code 1 row} or {@code 2 rows}. */
  static String rows(int n) {
    return n == 1 ? "1 row" : n + " rows";
  }

  /** {@code ± 2%}: the larger side of the interval, or of the range of exact values. */
  static String error(Estimate estimate) {
    if (!estimate.isBounded()) {
      return "±  ∞";
    }
    double error = estimate.relativeError();
    return Double.isFinite(error) ? percentError(error) : "±  ∞";
  }

  /** {@code -17.20%}; or a tilde if no change is shown, or one of bytes within what is the same. */
  static String change(Row row) {
    boolean isNothing = row.method() == Method.EXACT && row.verdict() == Verdict.SAME;
    if (!row.shown() || isNothing) {
      return "~";
    }
    return difference(row);
  }

  /**
   * How far the contender is from the base: {@code -17.20%}, or {@code +16.00} where there is no
   * ratio; {@code +<0.01%} where a change would look like none.
   */
  static String difference(Row row) {
    if (row.ratio().isEmpty()) {
      return signed(row);
    }
    double ratio = row.ratio().get().value();
    boolean isTiny = ratio != 1 && Math.abs(ratio - 1) < 0.5e-4;
    return isTiny ? (ratio > 1 ? "+" : "-") + "<0.01%" : percent(ratio);
  }

  /** {@code [-18.05%, -16.21%]}; empty if there is no interval or none is needed. */
  static String interval(Row row) {
    if (row.method() == Method.EXACT || row.ratio().isEmpty()) {
      return "";
    }
    Ratio ratio = row.ratio().get();
    return ratio.isBounded()
        ? "[" + percent(ratio.lower()) + ", " + percent(ratio.upper()) + "]"
        : "[-∞, +∞]";
  }

  /**
   * {@code (p=0.002 n=6)}: p after Holm's correction, and how many forks on each side; {@code
   * (p=0.002 n=15 iterations)} where iterations stand in for them; {@code (exact n=6)} without a
   * test.
   */
  static String sureness(Row row) {
    String p =
        row.adjustedP().isPresent()
            ? "p=" + Numbers.fixed(row.adjustedP().getAsDouble(), 3)
            : "exact";
    int base = row.base().n();
    int contender = row.contender().n();
    String n = base == contender ? "n=" + base : "n=" + base + "+" + contender;
    return "(" + p + " " + n + (row.method() == Method.ITERATIONS ? " iterations)" : ")");
  }

  /** {@code -17.20%} for 0.828. */
  static String percent(double ratio) {
    String percent = Numbers.fixed(100 * (ratio - 1), 2);
    return (percent.startsWith("-") ? "" : "+") + percent + "%";
  }

  private static String percentError(double error) {
    String percent = Numbers.fixed(100 * error, 0);
    return "± " + (percent.length() < 2 ? " " : "") + percent + "%";
  }

  /** The package that all rows share, with the dot behind it; empty if there is none. */
  static String commonPackage(List<Row> rows) {
    String common = null;
    for (Row row : rows) {
      String name = row.id().benchmark();
      int method = name.lastIndexOf('.');
      String packageName = name.substring(0, name.lastIndexOf('.', Math.max(0, method - 1)) + 1);
      common = common == null ? packageName : sharedPrefix(common, packageName);
    }
    return common == null ? "" : common;
  }

  /** {@code +16.00}. */
  private static String signed(Row row) {
    double difference = row.contender().median() - row.base().median();
    double size = Math.abs(difference);
    return (difference < 0 ? "-" : "+")
        + (isCounted(row) ? Numbers.plain(size) : Numbers.fourDigits(size));
  }

  private static String sharedPrefix(String one, String other) {
    int length = 0;
    int end = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
      end = one.charAt(length - 1) == '.' ? length : end;
    }
    return one.substring(0, end);
  }
}

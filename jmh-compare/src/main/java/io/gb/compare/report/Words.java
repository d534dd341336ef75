package io.gb.compare.report;

import io.gb.compare.GateResult;
import io.gb.compare.Numbers;
import io.gb.compare.Row;
import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
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

  /** {@code ± 2%}: the larger side of the interval, or of the range of exact values. */
  static String error(Estimate estimate) {
    if (!estimate.isBounded()) {
      return "±  ∞";
    }
    double error = estimate.relativeError();
    return Double.isFinite(error) ? percentError(error) : "±  ∞";
  }

  /** {@code -17.20%}; or a tilde if no change is shown. */
  static String change(Row row) {
    if (!row.shown()) {
      return "~";
    }
    return row.ratio().isPresent()
        ? percent(row.ratio().get().value())
        : signed(row.contender().median() - row.base().median());
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

  /** {@code (p=0.002 n=6)}: p after Holm's correction, and how many forks on each side. */
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

  /** What a gate says of all its rows together: a line for each row that misses it, or one. */
  static List<String> gate(List<GateResult> ofOneGate) {
    String text = ofOneGate.getFirst().gate().text();
    List<String> missed =
        ofOneGate.stream().filter(result -> !result.passed()).map(Words::missed).toList();
    int rows = ofOneGate.size();
    return missed.isEmpty()
        ? List.of("gate " + text + " holds in " + rows + (rows == 1 ? " row" : " rows"))
        : missed;
  }

  /** Says which row misses a gate, and by what. */
  static String missed(GateResult result) {
    Row row = result.row();
    return "gate "
        + result.gate().text()
        + " MISSED by "
        + row.id().label()
        + ": "
        + change(row)
        + ", "
        + Numbers.fourDigits(row.base().median())
        + " to "
        + Numbers.fourDigits(row.contender().median())
        + " "
        + row.key().unit().text();
  }

  private static String signed(double difference) {
    return (difference < 0 ? "-" : "+") + Numbers.fourDigits(Math.abs(difference));
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

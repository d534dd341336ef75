package io.gb.compare.report;

import io.gb.compare.Row;
import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.Verdict;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.text.Numbers;
import java.util.List;

/** The wording of the reports for people. */
final class Words {

  private Words() {}

  /** Returns the title of a table: {@code time (avgt, ns/op)}. */
  static String title(TableKey key) {
    return key.metric() + " (" + key.mode().label() + ", " + key.unit().text() + ")";
  }

  /** Returns the title of a table with its group, if there is one. */
  static String titleWithGroup(TableKey key) {
    return key.group().isEmpty() ? title(key) : title(key) + ", " + key.group();
  }

  /** Returns the median of one side; counts are not rounded. */
  static String value(Row row, Estimate side) {
    return isCounted(row) ? Numbers.plain(side.median()) : Numbers.fourDigits(side.median());
  }

  private static boolean isCounted(Row row) {
    return row.key().unit().kind() == Unit.Kind.COUNT;
  }

  /** Returns {@code 1 row} or {@code 2 rows}. */
  static String rows(int n) {
    return n == 1 ? "1 row" : n + " rows";
  }

  /** Returns the larger side of the interval, or of the range of exact values: {@code ± 2%}. */
  static String error(Estimate estimate) {
    if (!estimate.isBounded()) {
      return "±  ∞";
    }
    double error = estimate.relativeError();
    return Double.isFinite(error) ? percentError(error) : "±  ∞";
  }

  /**
   * Returns the change, {@code -17.20%}; a tilde if none is shown, or if exact values count as the
   * same.
   */
  static String change(Row row) {
    boolean isNothing = row.method() == Method.EXACT && row.verdict() == Verdict.SAME;
    if (!row.shown() || isNothing) {
      return "~";
    }
    return difference(row);
  }

  /**
   * Returns how far the contender is from the base: {@code -17.20%}, or {@code +16.00} if there is
   * no ratio; {@code +<0.01%} if rounding would hide the change.
   */
  static String difference(Row row) {
    if (row.ratio().isEmpty()) {
      return signed(row);
    }
    double ratio = row.ratio().get().value();
    boolean isTiny = ratio != 1 && Math.abs(ratio - 1) < 0.5e-4;
    return isTiny ? (ratio > 1 ? "+" : "-") + "<0.01%" : percent(ratio);
  }

  /** Returns the interval of the change: {@code [-18.05%, -16.21%]}; empty if there is none. */
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
   * Returns p after Holm's correction and the number of forks, {@code (p=0.002 n=6)}; {@code
   * (p=0.002 n=15 iterations)} if iterations are compared; {@code (exact n=6)} without a test.
   */
  static String evidence(Row row) {
    String p =
        row.adjustedP().isPresent()
            ? "p=" + Numbers.fixed(row.adjustedP().getAsDouble(), 3)
            : "exact";
    int base = row.base().n();
    int contender = row.contender().n();
    String n = base == contender ? "n=" + base : "n=" + base + "+" + contender;
    return "(" + p + " " + n + (row.method() == Method.ITERATIONS ? " iterations)" : ")");
  }

  /** Returns the change of a ratio: {@code -17.20%} for 0.828. */
  static String percent(double ratio) {
    String percent = Numbers.fixed(100 * (ratio - 1), 2);
    return (percent.startsWith("-") ? "" : "+") + percent + "%";
  }

  private static String percentError(double error) {
    String percent = Numbers.fixed(100 * error, 0);
    return "± " + (percent.length() < 2 ? " " : "") + percent + "%";
  }

  /** Returns the package that all rows share, with a dot at its end; empty if there is none. */
  static String commonPackage(List<Row> rows) {
    String common = null;
    for (Row row : rows) {
      String name = row.id().benchmark();
      int method = name.lastIndexOf('.');
      String packageName = name.substring(0, name.lastIndexOf('.', Math.max(0, method - 1)) + 1);
      if (common == null) {
        common = packageName;
      }
      while (!packageName.startsWith(common)) {
        common = common.substring(0, common.lastIndexOf('.', common.length() - 2) + 1);
      }
    }
    return common == null ? "" : common;
  }

  /** Returns the difference of the medians: {@code +16.00}. */
  private static String signed(Row row) {
    double difference = row.contender().median() - row.base().median();
    double size = Math.abs(difference);
    return (difference < 0 ? "-" : "+")
        + (isCounted(row) ? Numbers.plain(size) : Numbers.fourDigits(size));
  }
}

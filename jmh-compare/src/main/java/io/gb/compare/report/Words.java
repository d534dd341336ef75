package io.gb.compare.report;

import static java.util.stream.Collectors.joining;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.Unjudged;
import io.gb.compare.Verdict;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.measured.Spread;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.text.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The wording of the reports for people. */
final class Words {

  private static final int MOST_FORKS = 1000;

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
  static String value(TableKey key, Estimate side) {
    return isCounted(key) ? Numbers.plain(side.median()) : Numbers.fourDigits(side.median());
  }

  private static boolean isCounted(TableKey key) {
    return key.unit().kind() == Unit.Kind.COUNT;
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
   * Returns the change, {@code -17.20%}; behind a tilde if none is shown, {@code ~ -17.20%}; only
   * the tilde if exact values count as the same.
   */
  static String change(Row row) {
    if (row.method() == Method.EXACT && (!row.shown() || row.verdict() == Verdict.SAME)) {
      return "~";
    }
    return row.shown() ? difference(row) : "~ " + difference(row);
  }

  /**
   * Returns how far the contender is from the base: {@code -17.20%}, or {@code +16.00} if there is
   * no ratio or the change is below the floor; {@code +<0.01%} if rounding would hide the change.
   */
  static String difference(Row row) {
    if (row.ratio().isEmpty() || row.verdict() == Verdict.BELOW_FLOOR) {
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
   * Returns p and the number of forks, {@code (p=0.002 n=6)}; p before and after Holm's correction
   * if it changes, {@code (p=0.002/0.012 n=6)}; how much forks spread if the test needs to know,
   * {@code (p=0.002 n=1, forks ±5.0% assumed)}; how many forks would decide, if that is open;
   * {@code (exact n=6)} without a test.
   */
  static String evidence(Row row) {
    int base = row.base().n();
    int contender = row.contender().n();
    String n = base == contender ? " n=" + base : " n=" + base + "+" + contender;
    String spread =
        row.spread()
            .map(one -> ", forks ±" + Numbers.fixed(100 * one.share(), 1) + "% " + source(one))
            .orElse("");
    int forks = row.forksToDecide().orElse(0);
    String needed =
        forks == 0
            ? ""
            : ", " + (forks > MOST_FORKS ? "over " + MOST_FORKS : forks) + " would decide";
    return "(" + p(row) + n + spread + needed + ")";
  }

  private static String p(Row row) {
    if (row.p().isEmpty()) {
      return "exact";
    }
    String before = Numbers.fixed(row.p().getAsDouble(), 3);
    String after = Numbers.fixed(row.adjustedP().orElseThrow(), 3);
    return "p=" + before + (before.equals(after) ? "" : "/" + after);
  }

  private static String source(Spread spread) {
    return switch (spread.source()) {
      case FORKS -> "seen";
      case HISTORY -> "in history";
      case STATED -> "stated";
      case ASSUMED -> "assumed";
    };
  }

  /** Returns how many rows have each verdict, the most urgent first: {@code 2 SLOWER, 1 FASTER}. */
  static String counts(Comparison comparison) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Verdict verdict : List.of(Verdict.SLOWER, Verdict.FASTER, Verdict.MORE, Verdict.LESS)) {
      counts.put(verdict.name(), count(comparison, verdict));
    }
    counts.put("GONE", countAlone(comparison, true));
    counts.put("ADDED", countAlone(comparison, false));
    for (Verdict verdict : List.of(Verdict.SAME, Verdict.BELOW_FLOOR, Verdict.NOT_SHOWN)) {
      counts.put(verdict.text(comparison.settings().sameWithin()), count(comparison, verdict));
    }
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(joining(", "));
  }

  private static long count(Comparison comparison, Verdict verdict) {
    return comparison.rows().stream().filter(row -> row.verdict() == verdict).count();
  }

  private static long countAlone(Comparison comparison, boolean isGone) {
    return comparison.unjudged().stream()
        .filter(one -> isGone == (one.why() == Unjudged.Why.GONE) && one.value().isPresent())
        .count();
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

  /**
   * Returns the package that all benchmarks share, with a dot at its end; empty if there is none.
   */
  static String commonPackage(Comparison comparison) {
    String common = null;
    List<BenchmarkId> all =
        Stream.concat(
                comparison.rows().stream().map(Row::id),
                comparison.unjudged().stream().map(Unjudged::id))
            .toList();
    for (BenchmarkId id : all) {
      String name = id.benchmark();
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
        + (isCounted(row.key()) ? Numbers.plain(size) : Numbers.fourDigits(size));
  }
}

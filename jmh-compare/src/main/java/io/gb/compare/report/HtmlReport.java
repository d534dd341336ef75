package io.gb.compare.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.limit.GateResult;
import io.gb.compare.stats.Ratio;
import io.gb.compare.text.Names;
import io.gb.compare.text.Numbers;
import io.gb.text.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One self-contained page, light or dark, with the intervals drawn. */
final class HtmlReport {

  private static final String PAGE = "page.mustache";

  /** The middle of a bar, in units of the drawing. */
  private static final double MIDDLE = 100;

  private HtmlReport() {}

  static String render(Comparison comparison, List<GateResult> gates) {
    Notes notes = new Notes(comparison);
    String common = notes.common();
    Map<String, Object> page = new HashMap<>();
    page.put("base", comparison.base());
    page.put("contenders", String.join(", ", comparison.contenders()));
    page.put("package", common.isEmpty() ? List.of() : common.substring(0, common.length() - 1));
    page.put("confidence", Numbers.plain(100 * comparison.settings().confidence()));
    page.put("level", Numbers.plain(100 * comparison.settings().level()));
    page.put("conditions", conditions(comparison));
    page.put("counts", Words.counts(comparison));
    page.put(
        "tables", Table.of(comparison, notes).stream().map(t -> table(comparison, t)).toList());
    page.put("notes", notes.lines());
    page.put(
        "gates",
        GateLine.of(gates).stream()
            .map(line -> Map.of("text", line.text(), "colour", Names.of(line.outcome())))
            .toList());
    try (InputStream in =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream(PAGE), PAGE)) {
      return Mustache.compiler()
          .withEscaper(text -> Escapers.HTML.escape(ForeignText.line(text)))
          .compile(new InputStreamReader(in, UTF_8))
          .execute(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the rate of false alarms depends on where there are few forks. */
  private static List<String> conditions(Comparison comparison) {
    return comparison.rows().stream()
        .flatMap(row -> row.spread().stream())
        .map(spread -> {
          String most = " by no more than " + Numbers.fixed(100 * spread.share(), 1) + " % ";
          return switch (spread.source()) {
            case FORKS -> "if forks are log-normal where their spread is seen";
            case HISTORY -> "if runs are log-normal where their spread is in history";
            case STATED -> "if forks of the same code differ" + most + "where that is stated";
            case ASSUMED -> "if forks of the same code differ" + most + "where that is assumed";
          };
        })
        .distinct()
        .toList();
  }

  private static Map<String, Object> table(Comparison comparison, Table table) {
    double reach = reach(table);
    List<Map<String, Object>> lines =
        table.lines().stream()
            .sorted(Comparator.comparing((Line line) -> !line.isChange()))
            .map(line ->
                Map.of(
                    "label", line.label(),
                    "cells", line.cells(),
                    "colour", line.colour(),
                    "change", line.isChange() ? "change" : "",
                    "bar", ratio(line).map(ratio -> bar(ratio, reach)).stream().toList()))
            .toList();
    return Map.of(
        "title",
        Words.titleWithGroup(table.key()),
        "base",
        comparison.base(),
        "contender",
        table.key().contender(),
        "axisLow",
        Words.percent(Math.exp(-reach)),
        "axisHigh",
        Words.percent(Math.exp(reach)),
        "rows",
        lines,
        "geomean",
        table.geomean().stream()
            .map(mean -> Map.of("change", Words.percent(mean.ratio()), "rows", table.meanOf()))
            .toList());
  }

  private static Optional<Ratio> ratio(Line line) {
    return line.row().flatMap(Row::ratio);
  }

  /** Returns the logarithm of the largest ratio on the axis: between 1.05 and 10. */
  private static double reach(Table table) {
    double reach =
        table.lines().stream()
            .flatMap(line -> ratio(line).filter(Ratio::isBounded).stream())
            .mapToDouble(ratio -> Math.max(Math.log(ratio.upper()), -Math.log(ratio.lower())))
            .reduce(Math.log(1.05), Math::max);
    return Math.min(reach * 1.05, Math.log(10));
  }

  /** An arrow stands where the axis ends before the interval does. */
  private static Map<String, Object> bar(Ratio ratio, double reach) {
    boolean isBounded = ratio.isBounded();
    double low = isBounded ? ratio.lower() : ratio.value();
    double high = isBounded ? ratio.upper() : ratio.value();
    return Map.of(
        "low", place(low, reach),
        "middle", place(ratio.value(), reach),
        "high", place(high, reach),
        "isCutLow", Math.log(low) < -reach,
        "isCutHigh", Math.log(high) > reach);
  }

  private static String place(double ratio, double reach) {
    double offset = Math.max(-1, Math.min(1, Math.log(ratio) / reach));
    return Numbers.fixed(MIDDLE + offset * (MIDDLE - 4), 1);
  }
}

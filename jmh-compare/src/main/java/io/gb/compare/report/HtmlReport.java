package io.gb.compare.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.Row.TableKey;
import io.gb.compare.limit.GateResult;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Ratio;
import io.gb.compare.text.Names;
import io.gb.compare.text.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One self-contained page, light or dark, with the intervals drawn. */
final class HtmlReport {

  private static final String PAGE = "page.mustache";

  /** The middle of a bar, in units of the drawing. */
  private static final double MIDDLE = 100;

  private HtmlReport() {}

  static String render(Comparison comparison, List<GateResult> gates) {
    Notes notes = new Notes(comparison);
    String common = Words.commonPackage(comparison.rows());
    List<Map<String, Object>> tables =
        comparison.tables().stream().map(rows -> table(comparison, rows, notes, common)).toList();
    List<Map<String, Object>> gateLines =
        GateLine.of(gates).stream()
            .map(line ->
                Map.<String, Object>of("text", line.text(), "colour", Names.of(line.outcome())))
            .toList();
    Map<String, Object> page =
        Map.of(
            "base",
            comparison.base(),
            "contenders",
            String.join(", ", comparison.contenders()),
            "package",
            common.isEmpty() ? List.of() : common.substring(0, common.length() - 1),
            "confidence",
            Numbers.plain(100 * comparison.settings().confidence()),
            "level",
            Numbers.plain(100 * comparison.settings().level()),
            "tables",
            tables,
            "notes",
            notes.lines(),
            "gates",
            gateLines);
    try (InputStream in =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream(PAGE), PAGE)) {
      return Mustache.compiler().compile(new InputStreamReader(in, UTF_8)).execute(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> table(
      Comparison comparison, List<Row> rows, Notes notes, String common) {
    TableKey key = rows.get(0).key();
    double reach = reach(rows);
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Row row : rows) {
      Cells cells = Cells.of(row, comparison, notes);
      lines.add(
          Map.of(
              "label", row.id().label().substring(common.length()),
              "cells", cells,
              "colour", colour(row),
              "bar", row.ratio().map(ratio -> bar(ratio, reach)).stream().toList()));
    }
    return Map.of(
        "title",
        Words.titleWithGroup(key),
        "contender",
        key.contender(),
        "axisLow",
        Words.percent(Math.exp(-reach)),
        "axisHigh",
        Words.percent(Math.exp(reach)),
        "rows",
        lines,
        "geomean",
        comparison.geomeans().stream()
            .filter(mean -> mean.key().equals(key))
            .map(mean ->
                Map.of("change", Words.percent(mean.ratio()), "rows", Words.rows(mean.rows())))
            .toList());
  }

  /** Returns the logarithm of the largest ratio on the axis: between 1.05 and 10. */
  private static double reach(List<Row> rows) {
    double reach =
        rows.stream()
            .flatMap(row -> row.ratio().filter(Ratio::isBounded).stream())
            .mapToDouble(ratio -> Math.max(Math.log(ratio.upper()), -Math.log(ratio.lower())))
            .reduce(Math.log(1.05), Math::max);
    return Math.min(reach * 1.05, Math.log(10));
  }

  private static Map<String, String> bar(Ratio ratio, double reach) {
    return Map.of(
        "low", place(ratio.lower(), reach),
        "middle", place(ratio.value(), reach),
        "high", place(ratio.upper(), reach));
  }

  private static String place(double ratio, double reach) {
    double offset = Math.max(-1, Math.min(1, Math.log(ratio) / reach));
    return Numbers.fixed(MIDDLE + offset * (MIDDLE - 4), 1);
  }

  private static String colour(Row row) {
    return switch (row.verdict()) {
      case FASTER -> "better";
      case SLOWER -> "worse";
      case LESS -> row.key().unit().direction() == Unit.Direction.LOWER ? "better" : "plain";
      case MORE -> row.key().unit().direction() == Unit.Direction.LOWER ? "worse" : "plain";
      case SAME, BELOW_FLOOR, NOT_SHOWN -> "plain";
    };
  }
}

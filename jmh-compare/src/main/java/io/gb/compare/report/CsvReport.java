package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.limit.GateResult;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.text.Names;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** One line for each row, quoted as in RFC 4180; a field is empty if there is no number. */
final class CsvReport implements Report {

  private static final String HEADER =
      "contender,group,benchmark,params,threads,mode,metric,unit,method,base_median,base_lower,base_upper,base_n,"
          + "new_median,new_lower,new_upper,new_n,ratio,ratio_lower,ratio_upper,p,p_adjusted,"
          + "shown,verdict,marks";

  @Override
  public String render(Comparison comparison, List<GateResult> gates) {
    StringBuilder text = new StringBuilder(HEADER).append("\n");
    for (Row row : comparison.rows()) {
      text.append(
              line(
                  row.key().contender(),
                  row.key().group(),
                  row.id().benchmark(),
                  params(row),
                  row.id().threads() == 0 ? "" : Integer.toString(row.id().threads()),
                  row.id().mode().label(),
                  row.key().metric(),
                  row.key().unit().text(),
                  Names.of(row.method())))
          .append(',')
          .append(estimate(row.base()))
          .append(',')
          .append(estimate(row.contender()))
          .append(',')
          .append(number(row.ratio().map(r -> r.value()).orElse(Double.NaN)))
          .append(',')
          .append(
              row.ratio()
                  .filter(Ratio::isBounded)
                  .map(ratio -> number(ratio.lower()) + "," + number(ratio.upper()))
                  .orElse(","))
          .append(',')
          .append(optional(row.p()))
          .append(',')
          .append(optional(row.adjustedP()))
          .append(',')
          .append(row.shown())
          .append(',')
          .append(line(row.verdict().text(comparison.settings().sameWithin()), marks(row)))
          .append("\n");
    }
    return text.toString();
  }

  private static String params(Row row) {
    return row.id().params().entrySet().stream()
        .map(param -> param.getKey() + "=" + param.getValue())
        .collect(Collectors.joining(";"));
  }

  private static String marks(Row row) {
    return row.marks().stream().sorted().map(Names::of).collect(Collectors.joining(";"));
  }

  private static String estimate(Estimate estimate) {
    return number(estimate.median())
        + ","
        + number(estimate.lower())
        + ","
        + number(estimate.upper())
        + ","
        + estimate.n();
  }

  private static String optional(OptionalDouble value) {
    return number(value.orElse(Double.NaN));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  private static String line(String... fields) {
    return Arrays.stream(fields).map(CsvReport::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String field) {
    return field.matches("[^,\"\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}

package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.stats.Ratio;
import io.gb.compare.text.Names;
import io.gb.text.ForeignText;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line for each row, quoted as in RFC 4180; a field is empty if there is no number. */
final class CsvReport {

  private static final String HEADER =
      "contender,group,benchmark,params,threads,mode,metric,unit,method,base_median,base_lower,base_upper,base_n,"
          + "new_median,new_lower,new_upper,new_n,ratio,ratio_lower,ratio_upper,p,p_adjusted,"
          + "shown,verdict,marks,spread,spread_source,forks_to_decide";

  private CsvReport() {}

  static String render(Comparison comparison) {
    double sameWithin = comparison.settings().sameWithin();
    return comparison.rows().stream()
        .map(row -> line(row, row.verdict().text(sameWithin)))
        .collect(Collectors.joining("\n", HEADER + "\n", comparison.rows().isEmpty() ? "" : "\n"));
  }

  private static String line(Row row, String verdict) {
    Optional<Ratio> interval = row.ratio().filter(Ratio::isBounded);
    return Stream.of(
            ForeignText.csv(row.key().contender()),
            ForeignText.csv(row.key().group()),
            ForeignText.csv(row.id().benchmark()),
            ForeignText.csv(params(row)),
            row.id().threads() == 0 ? "" : Integer.toString(row.id().threads()),
            row.id().mode().label(),
            ForeignText.csv(row.key().metric()),
            ForeignText.csv(row.key().unit().text()),
            Names.of(row.method()),
            number(row.base().median()),
            number(row.base().lower()),
            number(row.base().upper()),
            Integer.toString(row.base().n()),
            number(row.contender().median()),
            number(row.contender().lower()),
            number(row.contender().upper()),
            Integer.toString(row.contender().n()),
            row.ratio().map(ratio -> number(ratio.value())).orElse(""),
            interval.map(ratio -> number(ratio.lower())).orElse(""),
            interval.map(ratio -> number(ratio.upper())).orElse(""),
            number(row.p().orElse(Double.NaN)),
            number(row.adjustedP().orElse(Double.NaN)),
            Boolean.toString(row.shown()),
            verdict,
            row.marks().stream().sorted().map(Names::of).collect(Collectors.joining(";")),
            row.spread().map(spread -> number(spread.share())).orElse(""),
            row.spread().map(spread -> Names.of(spread.source())).orElse(""),
            row.forksToDecide().isPresent() ? Integer.toString(row.forksToDecide().getAsInt()) : "")
        .collect(Collectors.joining(","));
  }

  private static String params(Row row) {
    return row.id().params().entrySet().stream()
        .map(param -> param.getKey() + "=" + param.getValue())
        .collect(Collectors.joining(";"));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}

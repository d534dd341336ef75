package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.Warning;
import io.gb.compare.text.Names;
import io.gb.text.ForeignText;
import java.util.List;
import java.util.stream.Collectors;

/** Numbers the kinds of warnings, so that rows can refer to them. */
final class Notes {

  /** The digits that number the notes, from 1 on. */
  static final String DIGITS = "¹²³⁴⁵⁶⁷⁸⁹";

  private final List<Warning.Kind> kinds;
  private final List<Warning> warnings;
  private final String common;

  Notes(Comparison comparison) {
    // As labels are written.
    this.common = ForeignText.line(Words.commonPackage(comparison));
    this.warnings = comparison.warnings();
    this.kinds = warnings.stream().map(Warning::kind).distinct().toList();
  }

  /** Returns the numbers of the warnings that concern a row: {@code ¹ ³}. */
  String of(Row row) {
    return kinds.stream()
        .filter(row.marks()::contains)
        .map(this::number)
        .collect(Collectors.joining(" "));
  }

  /** Returns all warnings, each after its number. */
  List<String> lines() {
    return warnings.stream()
        .map(warning ->
            "%s %s: %s"
                .formatted(
                    number(warning.kind()),
                    warning.what(),
                    Names.few(warning.concerned().stream().map(this::shortened).toList())))
        .toList();
  }

  /** Returns the package that all benchmarks share, with a dot at its end; may be empty. */
  String common() {
    return common;
  }

  /** Returns the label of a benchmark or row without that package. */
  String shortened(String label) {
    return label.startsWith(common) ? label.substring(common.length()) : label;
  }

  private String number(Warning.Kind kind) {
    int index = kinds.indexOf(kind);
    return DIGITS.substring(index, index + 1);
  }
}

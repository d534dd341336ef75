package io.gb.compare.report;

import static io.gb.compare.Sides.compare;
import static io.gb.compare.Sides.environment;
import static io.gb.compare.Sides.metric;
import static io.gb.compare.Sides.side;
import static io.gb.compare.Sides.spread;
import static io.gb.compare.Sides.time;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.compare.Comparison;
import io.gb.compare.Selection;
import io.gb.compare.Settings;
import io.gb.compare.Warning;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.jmh.Mode;
import io.gb.compare.limit.Gate;
import io.gb.compare.limit.GateResult;
import io.gb.compare.text.Names;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reports write, character by character, in locales that write numbers in other ways. */
class GoldenTest {

  private static final List<String> LOCALES = List.of("en-US", "de-DE", "ar-EG-u-nu-arab", "tr-TR");

  @ParameterizedTest
  @EnumSource
  void aReportIsTheGoldenOne(Format format) throws IOException {
    String golden = golden(format);
    for (String locale : LOCALES) {
      assertThat(inLocale(locale, format)).as(locale).isEqualTo(golden);
    }
  }

  /** Without it, the comparison above would compare nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab"})
  void theLocalesDoWriteNumbersInOtherWays(String locale) {
    assertThat(String.format(Locale.forLanguageTag(locale), "%.1f", 1.5)).isNotEqualTo("1.5");
  }

  @Test
  void everyKindOfWarningHasADigit() {
    assertThat(Warning.Kind.values()).hasSizeLessThanOrEqualTo(Notes.DIGITS.length());
  }

  @Test
  void withoutGatesThereIsNoSectionForThem() {
    assertThat(Format.TEXT.render(Example.comparison(), List.of(), UTF_8)).doesNotContain("gate");
    assertThat(Format.HTML.render(Example.comparison(), List.of(), UTF_8)).doesNotContain("Gates");
    assertThat(Format.JUNIT.render(Example.comparison(), List.of(), UTF_8)).contains("tests=\"0\"");
  }

  /** Scores at the ends of what a number can be; JSON and CSV have no way to write more. */
  @ParameterizedTest
  @EnumSource
  void scoresOfAnySizeAreWrittenAsNumbersOrNotAtAll(Format format) {
    double[] tiny = spread(1e-320, 1, 6);
    double[] huge = spread(1e307, 1, 6);
    double[] negative = spread(-5, 1, 6);
    Comparison comparison =
        compare(
            side("base", time("a", tiny), time("b", huge), time("c", negative), time("d", tiny)),
            side("new", time("a", huge), time("b", tiny), time("c", huge), time("d", negative)));
    List<GateResult> gates = GateResult.of(List.of(Gate.parse("time<=+5%")), comparison);
    assertThat(format.render(comparison, gates, UTF_8)).doesNotContain("NaN", "Infinity");
  }

  /** Otherwise two numbers that look alike would stand beside a verdict that says they differ. */
  @Test
  void aShownChangeIsNeverWrittenAsNone() {
    Settings strict = new Settings(0.05, 0.95, 0, 0);
    Comparison comparison =
        Comparison.of(
            side("base", time("a", spread(100, 1e-9, 6))),
            List.of(side("new", time("a", spread(100.001, 1e-9, 6)))),
            Selection.everything(),
            strict);
    assertThat(Format.TEXT.render(comparison, List.of(), UTF_8))
        .contains("  +<0.01%  ", "  SLOWER\n");
  }

  /** Names of metrics, units, packages, groups, sides and flags are others' text too. */
  @ParameterizedTest
  @EnumSource
  void namesOfOthersNeitherForgeLinesNorReachTheTerminal(Format format) {
    String forged = "m\n\ngate time<=+5% holds in 9 rows\n\u001b[8m";
    Comparison comparison =
        Comparison.of(
            side("b" + forged, hostile(forged, "-Dx=1")),
            List.of(side("n" + forged, hostile(forged, "-Dx=" + forged))),
            new Selection(
                Pattern.compile(""), Pattern.compile(""), Map.of(), "p", Selection.Order.FILE),
            Settings.defaults());
    assertThat(comparison.warnings()).isNotEmpty();
    List<GateResult> gates = GateResult.of(List.of(Gate.parse("time<=+5%")), comparison);
    assertThat(format.render(comparison, gates, UTF_8))
        .doesNotContain("\u001b")
        .doesNotContainPattern("(?m)^gate time<=\\+5% holds in 9 rows");
  }

  private static JmhResult hostile(String forged, String flag) {
    return new JmhResult(
        new BenchmarkId("\u001b[2Jorg.A.b", Map.of("p", forged), Mode.AVERAGE_TIME),
        environment(flag),
        List.of(
            metric("time", "ns/op", spread(100, 0.001, 6)),
            metric(forged, "u" + forged, spread(100, 0.001, 6))));
  }

  private static String inLocale(String locale, Format format) {
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      return format.render(Example.comparison(), Example.gates(), UTF_8);
    } finally {
      Locale.setDefault(usual);
    }
  }

  private static String golden(Format format) throws IOException {
    String name = Names.of(format) + ".golden";
    try (InputStream in =
        Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}

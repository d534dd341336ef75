package io.gb.compare.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
  void withoutGatesThereIsNoSectionForThem() {
    assertThat(Format.TEXT.render(Example.comparison(), List.of(), UTF_8)).doesNotContain("gate");
    assertThat(Format.HTML.render(Example.comparison(), List.of(), UTF_8)).doesNotContain("Gates");
    assertThat(Format.JUNIT.render(Example.comparison(), List.of(), UTF_8)).contains("tests=\"0\"");
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
    String name = format.label() + ".golden";
    try (InputStream in =
        Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}

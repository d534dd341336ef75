package io.gb.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.BenchmarkResult;
import io.gb.harness.stats.RequestSample;
import io.gb.leaks.junit.NoThreadLeaks;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files beside the report are for programs: they look the same in every locale. */
@NoThreadLeaks
class FilesTest {

  private Locale usual;

  @BeforeEach
  void rememberLocale() {
    usual = Locale.getDefault();
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(usual);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab", "tr-TR"})
  void csvHasARowForEachPercentage(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));
    BenchmarkResult result =
        Results.of(Results.config("http://h/"))
            .completed(50, 200, 0, 1, 2.5)
            .completed(50, 200, 0, 1, 40)
            .build();
    List<String> lines = CsvReport.render(result).lines().toList();
    assertThat(lines).hasSize(102).startsWith("Percentage served,Time in ms");
    assertThat(lines.get(1)).matches("0,2\\.(49|50)[0-9]");
    assertThat(lines.get(51)).matches("50,2\\.(49|50)[0-9]");
    assertThat(lines.get(101)).matches("100,(39\\.9|40\\.0)[0-9]{2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab", "tr-TR"})
  void gnuplotRowsAreSortedByTotalTime(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));
    Instant start = Instant.parse("2026-01-02T03:04:05.6Z");
    BenchmarkResult result =
        Results.of(Results.config("http://h/"))
            .completed(1, 200, 0, 1, 2)
            .samples(
                List.of(
                    new RequestSample(start, 1_499_999, 2_500_000, 9_500_000),
                    new RequestSample(start.plusSeconds(86_400), 0, 400_000, 600_000)))
            .build();
    assertThat(GnuplotReport.render(result, ZoneId.of("UTC")))
        .isEqualTo(
            """
            starttime\tseconds\tctime\tdtime\tttime\twait
            Sat Jan 03 03:04:05 2026\t1767409445\t0\t1\t1\t0
            Fri Jan 02 03:04:05 2026\t1767323045\t1\t8\t10\t3
            """);
  }
}

package io.gb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Standard output, standard error and exit code of whole runs, compared character by character with
 * the golden files, in locales that write their numbers in other ways.
 */
@Timeout(120)
@NoThreadLeaks
class GoldenTest {

  private static final String[] LOCALES = {"en-US", "de-DE", "ar-EG-u-nu-arab", "tr-TR"};

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "one, ''",
    "keep-alive, -k -c 2 -n 200",
    "short, -k -d -S -n 4",
    "post, -p BODY -n 2",
    "verbose, -v 4 -k -n 2",
    "html, -w -k -n 4"
  })
  void aRunPrintsTheGoldenText(String name, String options) throws IOException {
    for (String locale : LOCALES) {
      try (RawServer server = RawServer.friendly()) {
        assertThat(run(locale, options, server)).as(locale).isEqualTo(golden(name));
      }
    }
  }

  @Test
  void anEarlyEndPrintsTheGoldenText() throws IOException {
    for (String locale : LOCALES) {
      try (RawServer server = RawServer.silent()) {
        assertThat(run(locale, "-n 5 -t 0.2 -n 5", server))
            .as(locale)
            .isEqualTo(golden("early-end"));
      }
    }
  }

  @Test
  void failuresPrintTheGoldenText() throws IOException {
    for (String locale : LOCALES) {
      try (RawServer server = RawServer.silent()) {
        assertThat(run(locale, "-n 2 -s 0.1", server)).as(locale).isEqualTo(golden("failures"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "help, -h",
    "serve-help, serve -h",
    "demo-help, demo -h",
    "compare-help, compare -h",
    "compare-run-help, compare run -h",
    "check-help, check -h",
    "leaks-help, leaks -h"
  })
  void helpPrintsTheGoldenText(String name, String options) throws IOException {
    for (String locale : LOCALES) {
      assertThat(inLocale(locale, words(options))).as(locale).isEqualTo(golden(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "serve -h", "demo -h", "compare -h", "compare run -h", "leaks -h"})
  void helpFitsATerminal(String options) {
    assertThat(Gb.run(words(options)).out().lines()).allMatch(line -> line.length() <= 80);
  }

  /** Otherwise the locales of the tests above would make no difference. */
  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab"})
  void theLocalesDoWriteNumbersInOtherWays(String locale) {
    assertThat(String.format(Locale.forLanguageTag(locale), "%.1f", 1.5)).isNotEqualTo("1.5");
  }

  private String run(String locale, String options, RawServer server) throws IOException {
    Path body = Files.writeString(folder.resolve("body"), "twelve bytes");
    return inLocale(locale, words(options.replace("BODY", body.toString()) + " " + server.url()));
  }

  private static String[] words(String text) {
    return text.strip().split(" +", -1);
  }

  private static String inLocale(String locale, String... args) {
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      Gb gb = Gb.run(args);
      return Normalised.text(
          gb.out() + "--- standard error\n" + gb.err() + "--- exit " + gb.code() + "\n");
    } finally {
      Locale.setDefault(usual);
    }
  }

  private static String golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name + ".golden"), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}

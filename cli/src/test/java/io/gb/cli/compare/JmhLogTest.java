package io.gb.cli.compare;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.compare.jmh.JmhReader;
import io.gb.compare.jmh.JmhResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhLogTest {

  private static final String HEAD =
      """
      # JMH version: 1.37
      # Benchmark mode: Average time, time/op
      """;

  @TempDir private Path folder;

  @Test
  void whatHasNoResultHasFailed() throws IOException {
    String log = HEAD + "# Benchmark: a.B.c\n\n" + HEAD + "# Benchmark: a.B.d\n\n";
    assertThat(failed(log, "a.B.c")).containsExactly("a.B.d");
    assertThat(failed(log, "a.B.c", "a.B.d")).isEmpty();
    assertThat(failed(log + HEAD + "# Benchmark: a.B.e", "a.B.c", "a.B.d"))
        .containsExactly("a.B.e");
  }

  @Test
  void eachSetOfParametersAndEachModeCounts() throws IOException {
    String sized = HEAD + "# Benchmark: a.B.c\n# Parameters: (size = %s)\n\n";
    String log = sized.formatted(1) + sized.formatted(2) + sized.formatted(1).replace("Av", "Thr");
    assertThat(failed(log, "a.B.c", "a.B.c", "a.B.c")).isEmpty();
    // Which of them, nobody can tell.
    assertThat(failed(log, "a.B.c")).containsExactly("a.B.c", "a.B.c");
    assertThat(failed(log, "a.B.c','params':{'size':'2'},'x':'"))
        .containsExactly("a.B.c (size = 1)", "a.B.c (size = 1)");
  }

  /** The parameters of the log are in UTF-8, or in whatever the locale has. */
  @Test
  void parametersMayHaveAnyLetters() throws IOException {
    String sized = HEAD + "# Benchmark: a.B.c\n# Parameters: (size = %s)\n\n";
    String utf8 = new String("ä".getBytes(UTF_8), ISO_8859_1);
    String result = "a.B.c','params':{'size':'ä'},'x':'";
    assertThat(failed(sized.formatted(1) + sized.formatted(utf8), result))
        .containsExactly("a.B.c (size = 1)");
    assertThat(failed(sized.formatted(1) + sized.formatted("?"), result)).containsExactly("a.B.c");
  }

  @Test
  void aLogThatCannotBeReadTellsNothing() throws IOException {
    assertThat(JmhLog.failed(folder.resolve("none.log"), List.of())).isEmpty();
  }

  /** With -wm BULK, all are begun for the warm-up first. */
  @Test
  void whatIsBegunTwiceCountsOnce() throws IOException {
    String log = HEAD + "# Benchmark: a.B.c\n\n" + HEAD + "# Benchmark: a.B.d\n\n";
    assertThat(failed(log + log, "a.B.c", "a.B.d")).isEmpty();
  }

  @Test
  void whatABenchmarkPrintsMayBeInAnyCharset() throws IOException {
    assertThat(failed("\u00FC\n# Benchmark: a.B.c\n", "a.B.c")).isEmpty();
  }

  private List<String> failed(String log, String... results) throws IOException {
    Path file = folder.resolve("0001.log");
    Files.writeString(file, log, ISO_8859_1);
    return JmhLog.failed(file, List.of(results).stream().map(this::result).toList());
  }

  private JmhResult result(String benchmark) {
    String json =
        "[{'benchmark':'%s','mode':'avgt','primaryMetric':{'score':1,'scoreUnit':'ns/op'}}]"
            .formatted(benchmark)
            .replace('\'', '"');
    try {
      Path file = Files.writeString(folder.resolve("result.json"), json);
      return JmhReader.read(file).getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

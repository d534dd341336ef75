package io.gb.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.compare.Row.Method;
import io.gb.compare.report.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two results of RecordingBenchmark in jmh-benchmarks, same code on both sides, from a {@code gb
 * compare run} with short iterations on a machine busy with other things: much noise, no change.
 */
class RealResultsTest {

  @TempDir private Path folder;

  @Test
  void theSameCodeTwiceShowsNothingHoweverMuchNoiseThereIs() throws IOException {
    Comparison comparison =
        Comparison.of(
            side("recording-base.json"),
            List.of(side("recording-new.json")),
            Selection.everything(),
            Settings.defaults());
    assertThat(comparison.rows()).hasSize(15);
    assertThat(comparison.rows()).noneMatch(Row::shown);
    assertThat(comparison.rows().stream().filter(row -> row.method() == Method.EXACT)).hasSize(3);
    assertThat(comparison.rows()).allMatch(row -> row.base().n() == 6);
    assertThat(Format.TEXT.render(comparison, List.of(), UTF_8))
        .isEqualTo(new String(resource("recording.golden"), UTF_8));
  }

  private Side side(String name) throws IOException {
    return Side.read(name, List.of(Files.write(folder.resolve(name), resource(name))));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RealResultsTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}

package io.gb.cli.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.cli.Gb;
import io.gb.cli.RawServer;
import io.gb.cli.command.Console;
import io.gb.harness.BenchmarkConfig;
import io.gb.harness.stats.Progress;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a run has come: ab's lines in a file or pipe, a bar on a terminal. */
@Timeout(120)
@NoThreadLeaks
class ProgressTest {

  private static final URI ANYWHERE = URI.create("http://127.0.0.1/");

  private RawServer server;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long nanos = 42;

  @BeforeEach
  void start() throws IOException {
    server = RawServer.friendly();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void aTenthOfTheWayIsALine() {
    Gb gb = Gb.run("-k", "-c", "10", "-n", "1000", server.url());
    Stream<String> lines =
        LongStream.rangeClosed(1, 10).mapToObj(i -> "Completed " + 100 * i + " requests");
    assertThat(gb.errLines())
        .containsExactlyElementsOf(
            Stream.concat(lines, Stream.of("Finished 1000 requests")).toList());
    assertThat(gb.out()).contains("\nBenchmarking 127.0.0.1 (be patient)\n\n\nServer Software:");
  }

  @Test
  void linesAreAtLeastAHundredRequestsApart() {
    assertThat(Gb.run("-k", "-n", "151", server.url()).errLines())
        .containsExactly("Completed 100 requests", "Finished 151 requests");
  }

  @Test
  void aShortRunShowsNoProgress() {
    Gb gb = Gb.run("-k", "-n", "150", server.url());
    assertThat(gb.err()).isEmpty();
    assertThat(gb.out()).contains("\nBenchmarking 127.0.0.1 (be patient).....done\n\n\nServer ");
  }

  @Test
  void aQuietRunShowsNoProgress() {
    Gb gb = Gb.run("-q", "-k", "-n", "1000", server.url());
    assertThat(gb.err()).isEmpty();
    assertThat(gb.out()).contains("\nBenchmarking 127.0.0.1 (be patient).....done\n\n\nServer ");
  }

  @Test
  void aTerminalGetsABarThatEndsWithALineBreak() {
    Gb gb = Gb.runOnTerminal("-k", "-c", "10", "-n", "1000", server.url());
    assertThat(gb.err())
        .startsWith("\r")
        .endsWith("\n")
        .doesNotContain("Completed", "Exception", "\tat ");
    assertThat(gb.errLines().getLast())
        .matches("gb 100% \\[=+] 1000/1000 +[0-9]+/s  errors 0  took 0:[0-9]{2} *");
    assertThat(gb.code()).isZero();
  }

  @Test
  void aTerminalGetsLinesWhereABarWouldBeTornApart() {
    assertThat(Gb.runOnTerminal("-v", "2", "-k", "-n", "200", server.url()).errLines())
        .contains("Completed 100 requests", "Finished 200 requests");
  }

  @Test
  void aQuietRunShowsNoBar() {
    assertThat(Gb.runOnTerminal("-q", "-k", "-n", "200", server.url()).err()).isEmpty();
  }

  @Test
  void aRefusedRunEndsTheBarBeforeTheError() throws IOException {
    String url = "http://127.0.0.1:" + RawServer.refusedPort() + "/";
    List<String> lines = Gb.runOnTerminal("-n", "1000", url).errLines();
    assertThat(lines.getLast()).startsWith("gb: " + url + ": Test aborted after 10 failures ");
    assertThat(lines.get(lines.size() - 2)).startsWith("gb   1% [").contains("errors 1");
  }

  @Test
  void theBarTellsShareRateErrorsAndTimeLeft() {
    ProgressBarDisplay bar = bar(BenchmarkConfig.builder(ANYWHERE).requests(2000));
    bar.show(new Progress(0, 0, 0));
    nanos += Duration.ofSeconds(10).toNanos();
    bar.show(new Progress(490, 10, 0));
    nanos += Duration.ofSeconds(20).toNanos();
    bar.finish(new Progress(1990, 10, 7));
    bar.close();
    assertThat(frames())
        .containsExactly(
            "gb   0% [                            ]    0/2000       0/s  errors 0  -:-- left",
            "gb  25% [======                     ]  500/2000      50/s  errors 10  0:30 left",
            "gb 100% [================] 2000/2000      67/s  errors 10  non-2xx 7  took 0:30");
  }

  @Test
  void theBarFollowsTheTimeLimitIfThatComesFirst() {
    ProgressBarDisplay bar =
        bar(BenchmarkConfig.builder(ANYWHERE).requests(50_000).timeLimit(Duration.ofHours(2)));
    bar.show(new Progress(0, 0, 0));
    nanos += Duration.ofMinutes(30).toNanos();
    bar.show(new Progress(100, 0, 0));
    nanos += Duration.ofHours(1).toNanos();
    bar.show(new Progress(49_000, 0, 0));
    assertThat(frames())
        .containsExactly(
            "gb   0% [                       ]     0/50000       0/s  errors 0  2:00:00 left",
            "gb  25% [=====                  ]   100/50000       0/s  errors 0  1:30:00 left",
            "gb  98% [========================= ] 49000/50000       9/s  errors 0  1:50 left");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 60, 80, 200})
  void theBarFillsAnyTerminalButItsLastColumn(int columns) {
    ProgressBarDisplay bar =
        bar(columns, BenchmarkConfig.builder(ANYWHERE).requests(2_000_000_000));
    nanos += Duration.ofMinutes(150).toNanos();
    bar.show(new Progress(1_234_567_890, 0, 0));
    assertThat(bytes.toString(UTF_8)).hasSize(columns).startsWith("\r");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "19 | gb  25%  0:30 left",
        "30 | gb  25%  errors 10  0:30 left",
        "42 | gb  25%      50/s  errors 10  0:30 left",
        "60 | gb  25% [=      ]  500/2000      50/s  errors 10  0:30 left",
        "70 | gb  25% [====             ]  500/2000      50/s  errors 10  0:30 left"
      })
  void aNarrowTerminalGetsLessOfIt(int columns, String expected) {
    ProgressBarDisplay bar = bar(columns, BenchmarkConfig.builder(ANYWHERE).requests(2000));
    nanos += Duration.ofSeconds(10).toNanos();
    bar.show(new Progress(490, 10, 0));
    assertThat(frames()).containsExactly(expected);
  }

  private ProgressBarDisplay bar(BenchmarkConfig.Builder builder) {
    return bar(80, builder);
  }

  private ProgressBarDisplay bar(int columns, BenchmarkConfig.Builder builder) {
    PrintStream err = new PrintStream(bytes, true, UTF_8);
    return new ProgressBarDisplay(
        new Console(err, err, columns, () -> {}), builder.build(), () -> nanos);
  }

  private List<String> frames() {
    return bytes
        .toString(UTF_8)
        .lines()
        .map(String::stripTrailing)
        .filter(s -> !s.isEmpty())
        .toList();
  }
}

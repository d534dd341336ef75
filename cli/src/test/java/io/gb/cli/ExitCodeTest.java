package io.gb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.cli.command.ExitCode;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the exit codes but those of signals, which {@code SignalIT} tests. */
@Timeout(120)
@NoThreadLeaks
class ExitCodeTest {

  @Test
  void aRunToItsEndIsZero() throws IOException {
    try (RawServer server = RawServer.friendly()) {
      assertThat(Gb.run("-n", "3", server.url()).code()).isZero();
    }
  }

  @Test
  void failedRequestsAloneDoNotChangeTheCode() throws IOException {
    try (RawServer server =
        RawServer.obeying((request, number) -> RawServer.Answer.of("200 OK", "x".repeat(number)))) {
      Gb gb = Gb.run("-n", "5", server.url());
      assertThat(gb.number("Failed requests:")).isEqualTo(4);
      assertThat(gb.err()).isEmpty();
      assertThat(gb.code()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11})
  void nothingButFailuresIsOneHoweverManyTheyAre(int requests) throws IOException {
    try (RawServer server = RawServer.hangingUp()) {
      Gb gb = Gb.run("-r", "-n", Integer.toString(requests), server.url());
      assertThat(gb.number("Failed requests:")).isEqualTo(Math.min(requests, 10));
      assertThat(gb.errLines()).hasSize(1);
      assertThat(gb.out().contains("Ended early:")).isEqualTo(requests > 10);
      assertThat(gb.code()).isEqualTo(1);
    }
  }

  @Test
  void statusesOtherThan2xxDoNotChangeTheCode() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")) {
      Gb gb = Gb.run("-n", "20", server.url());
      assertThat(gb.number("Non-2xx responses:")).isEqualTo(20);
      assertThat(gb.number("Failed requests:")).isZero();
      assertThat(gb.code()).isZero();
    }
  }

  @Test
  void aTimeLimitIsAnEndToo() throws IOException {
    try (RawServer server = RawServer.silent()) {
      Gb gb = Gb.run("-q", "-t", "0.1", server.url());
      assertThat(gb.errLines())
          .containsExactly("gb: " + server.url() + ": no response within the time limit");
      assertThat(gb.code()).isEqualTo(1);
    }
    try (RawServer server = RawServer.friendly()) {
      assertThat(Gb.run("-t", "0.1", "-k", server.url()).code()).isZero();
    }
  }

  @Test
  void noConnectionFromTheStartIsOne() throws IOException {
    String url = "http://127.0.0.1:" + RawServer.refusedPort() + "/";
    assertThat(Gb.run("-n", "1000", url).code()).isEqualTo(1);
  }

  @Test
  void noConnectionIsOneForTheShortestRunToo() throws IOException {
    String url = "http://127.0.0.1:" + RawServer.refusedPort() + "/";
    Gb gb = Gb.run(url);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.errLines())
        .containsExactly("gb: " + url + ": nothing but failures (CONNECT: Connection refused)");
  }

  @Test
  void wrongUsageIs22() {
    assertThat(Gb.run("-n", "0").code()).isEqualTo(22);
  }

  @Test
  void everyCodeStandsInTheHelp() {
    String help = Gb.run("-h").out();
    for (ExitCode exit : ExitCode.values()) {
      assertThat(help)
          .containsPattern("(?m)^ +" + exit.code() + " +" + Pattern.quote(exit.meaning()));
    }
  }
}

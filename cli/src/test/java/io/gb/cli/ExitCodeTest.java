package io.gb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A row of the table of exit codes each; the one for an interrupt is in {@link SignalIT}. */
@Timeout(120)
class ExitCodeTest {

  @Test
  void aRunToItsEndIsZero() throws IOException {
    try (RawServer server = RawServer.friendly()) {
      assertThat(Gb.run("-n", "3", server.url()).code()).isZero();
    }
  }

  @Test
  void failedRequestsAloneDoNotChangeTheCode() throws IOException {
    try (RawServer server = RawServer.silent()) {
      Gb gb = Gb.run("-n", "2", "-c", "2", "-s", "0.1", server.url());
      assertThat(gb.number("Failed requests:")).isEqualTo(2);
      assertThat(gb.err()).isEmpty();
      assertThat(gb.code()).isZero();
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
      assertThat(Gb.run("-t", "0.1", server.url()).code()).isZero();
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
        .containsExactly(
            "gb: " + url + ": no connection could be made (CONNECT: Connection refused)");
  }

  @Test
  void wrongUsageIs22() {
    assertThat(Gb.run("-n", "0").code()).isEqualTo(22);
  }

  @Test
  void everyCodeStandsInTheHelp() {
    String help = Gb.run("-h").out();
    for (ExitCode exit : ExitCode.values()) {
      assertThat(help).containsPattern("(?m)^ +" + exit.code() + " +" + exit.meaning().charAt(0));
    }
  }
}

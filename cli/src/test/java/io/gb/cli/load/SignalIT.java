package io.gb.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.cli.BuiltGb;
import io.gb.cli.Gb;
import io.gb.cli.RawServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was measured until a signal comes is printed in full, and the code tells of the signal. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class SignalIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
  void aSignalEndsTheRunWithTheReportSoFar(String signal, int code) throws Exception {
    try (RawServer server = RawServer.friendly();
        BuiltGb running =
            BuiltGb.start(folder, "-k", "-c", "4", "-n", "1000000000", server.url())) {
      server.awaitRequests(1000);
      running.kill(signal);
      Gb gb = running.await();
      assertThat(gb.out())
          .startsWith("This is gb, ")
          .contains("\nPercentage of the requests served within a certain time (ms)\n")
          .containsPattern(
              "\nEnded early: {12}interrupted; [0-9]+ of 1000000000 requests ended,"
                  + "\\s+[0-4] under way were cut off\n(Under way at the end: .*\n)?$");
      assertThat(gb.number("Complete requests:")).isBetween(996L, (long) server.requests().size());
      assertThat(gb.number("Failed requests:")).isZero();
      assertThat(gb.errLines())
          .endsWith("gb: interrupted; the report covers what was measured until then");
      assertThat(gb.code()).isEqualTo(code);
    }
  }

  @Test
  void anInterruptEndsARunAgainstTheEmbeddedServerToo() throws Exception {
    try (BuiltGb running = BuiltGb.start(folder, "-t", "1000", "-n", "1000000000")) {
      running.awaitOutput("(be patient)");
      running.kill("INT");
      Gb gb = running.await();
      assertThat(gb.out()).contains("\nEnded early:            interrupted; ");
      assertThat(gb.code()).isEqualTo(130);
    }
  }

  @Test
  void aServerServesUntilInterrupted() throws Exception {
    try (BuiltGb running = BuiltGb.start(folder, "serve");
        HttpClient client = HttpClient.newHttpClient()) {
      String printed = running.awaitOutput("\n");
      String url = printed.substring("Serving ".length()).strip();
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body())
          .hasSize(10_240);
      running.kill("INT");
      Gb gb = running.await();
      assertThat(gb.out()).isEqualTo(printed);
      assertThat(gb.err()).isEmpty();
      assertThat(gb.code()).isEqualTo(130);
    }
  }
}

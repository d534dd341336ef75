package io.gb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.leaks.junit.NoThreadLeaks.Scope;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@NoThreadLeaks(scope = Scope.CLASS, ignoreNames = "junit-jupiter-timeout-watcher")
class RouterTest {

  @SuppressWarnings("NullAway.Init")
  private static HttpTester http;

  @BeforeAll
  static void start() throws IOException {
    http = HttpTester.start();
  }

  @AfterAll
  static void stop() {
    http.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/10k", "/10k.dat/", "/bytes", "/nowhere/1", "//bytes/1"})
  void unknownPathIsNotFound(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.get(path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).asString().isEqualTo("no such path: " + path + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/bytes/ | n must be a whole number from 0 to 1125899906842624:",
        "/bytes/ten | n must be a whole number from 0 to 1125899906842624: ten",
        "/bytes/-1 | n must be a whole number from 0 to 1125899906842624: -1",
        "/bytes/+1 | n must be a whole number from 0 to 1125899906842624: +1",
        "/bytes/1/2 | n must be a whole number from 0 to 1125899906842624: 1/2",
        "/bytes/9999999999999999999 | n must be a whole number from 0 to 1125899906842624:"
            + " 9999999999999999999",
        "/chunked/1.5 | n must be a whole number from 0 to 1125899906842624: 1.5",
        "/gzip/16777217 | n must be a whole number from 0 to 16777216: 16777217",
        "/delay/3600001 | millis must be a whole number from 0 to 3600000: 3600001",
        "/status/199 | code must be a whole number from 200 to 599: 199",
        "/status/600 | code must be a whole number from 200 to 599: 600",
        "/redirect/0 | n must be a whole number from 1 to 1000000: 0"
      })
  void badNumberIsABadRequestThatSaysWhy(String path, String message)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.get(path);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).asString().endsWith("\n").isEqualToIgnoringWhitespace(message);
  }

  @Test
  void queryDoesNotChangeThePath() throws IOException, InterruptedException {
    assertThat(http.get("/10k.dat?x=1").body()).hasSize(10_240);
  }

  @Test
  void absoluteTargetIsUnderstood() throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.send("GET http://elsewhere/10k.dat HTTP/1.1", "Host: elsewhere");
      assertThat(connection.readHead()).contains("HTTP/1.1 200 OK", "Content-Length: 10240");
    }
  }
}

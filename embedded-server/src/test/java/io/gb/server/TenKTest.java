package io.gb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.leaks.junit.NoThreadLeaks.Scope;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@NoThreadLeaks(scope = Scope.CLASS, ignoreNames = "junit-jupiter-timeout-watcher")
class TenKTest {

  /** Changes only if the content does, which would make results of old and new runs differ. */
  private static final String ETAG = "\"e9574fc968e910e7\"";

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

  @Test
  void getSendsTenKibibytesAndSaysWhatTheyAre() throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.get("/10k.dat");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).hasSize(10_240);
    assertThat(response.headers().firstValue("Content-Length")).contains("10240");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(response.headers().firstValue("Server")).get().asString().startsWith("gb-embedded/");
    assertThat(response.headers().firstValue("ETag")).contains(ETAG);
  }

  @Test
  void bodyIsTheSameEveryTime() throws IOException, InterruptedException {
    assertThat(http.get("/10k.dat").body()).isEqualTo(http.get("/10k.dat").body());
  }

  @Test
  void bodyDoesNotCompress() throws IOException, InterruptedException {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(http.get("/10k.dat").body());
    deflater.finish();
    int compressed = deflater.deflate(new byte[20_000]);
    assertThat(deflater.finished()).isTrue();
    deflater.end();
    assertThat(compressed).isGreaterThan(10_240 * 99 / 100);
  }

  @Test
  void headSendsTheHeadersOfGetAndNoBody() throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.send("HEAD /10k.dat HTTP/1.1", "Host: test");
      assertThat(connection.readHead())
          .contains("HTTP/1.1 200 OK", "Content-Length: 10240", "ETag: " + ETAG);
      connection.send("GET /close HTTP/1.1", "Host: test");
      assertThat(connection.readLine()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "BREW"})
  void otherMethodsAreNotAllowed(String method) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(method, "/10k.dat", "ignored");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(response.body()).asString().isEqualTo("method not allowed: " + method + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {ETAG, "W/" + ETAG, "\"other\", " + ETAG, "*"})
  void whatTheClientHasIsNotSentAgain(String known) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(http.request("/10k.dat").header("If-None-Match", known));
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("ETag")).contains(ETAG);
  }

  @Test
  void anotherEntityTagDoesNotHoldTheBodyBack() throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(http.request("/10k.dat").header("If-None-Match", "\"other\""));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).hasSize(10_240);
  }

  @Test
  void http10ClientKeepsItsConnectionIfItAsks() throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      for (int i = 0; i < 3; i++) {
        connection.send("GET /10k.dat HTTP/1.0", "Connection: Keep-Alive");
        assertThat(connection.readHead()).contains("Connection: keep-alive");
        assertThat(connection.readBytes(10_240)).hasSize(10_240);
      }
    }
  }

  @Test
  void http10ClientIsClosedUponOtherwise() throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.send("GET /10k.dat HTTP/1.0");
      assertThat(connection.readHead()).contains("Connection: close");
      assertThat(connection.readToEnd()).hasSize(10_240);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      String head = "GET %s HTTP/1.1\r\nHost: test\r\n\r\n";
      connection.write(head.formatted("/10k.dat") + head.formatted("/bytes/3"));
      List<String> first = connection.readHead();
      assertThat(first).contains("Content-Length: 10240");
      connection.readBytes(10_240);
      assertThat(connection.readHead()).contains("Content-Length: 3");
      assertThat(connection.readBytes(3)).hasSize(3);
    }
  }
}

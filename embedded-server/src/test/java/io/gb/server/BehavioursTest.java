package io.gb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.leaks.junit.NoThreadLeaks.Scope;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@NoThreadLeaks(scope = Scope.CLASS, ignoreNames = "junit-jupiter-timeout-watcher")
class BehavioursTest {

  private static final long NANOS_PER_MILLI = 1_000_000;

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
  @ValueSource(ints = {0, 1, 150})
  void delayAnswersNoEarlierThanItSays(int millis) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<byte[]> response = http.get("/delay/" + millis);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(millis * NANOS_PER_MILLI);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).asString().isEqualTo("ok\n");
  }

  @Test
  void delaysPassSideBySideOnOneThread() throws IOException {
    List<RawConnection> waiting = new ArrayList<>();
    try (EmbeddedServer server = EmbeddedServer.start(ServerConfig.loopback().withIoThreads(1))) {
      for (int i = 0; i < 40; i++) {
        waiting.add(RawConnection.to(server).get("/delay/3600000"));
      }
      Eventually.holds(() -> server.requestsReceived() == 40);
      try (RawConnection other = RawConnection.to(server).get("/delay/1")) {
        assertThat(other.readHead()).contains("HTTP/1.1 200 OK");
      }
    }
    for (RawConnection connection : waiting) {
      connection.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, 200 OK",
    "302, 302 Found",
    "404, 404 Not Found",
    "418, 418 Unknown",
    "429, 429 Too Many Requests",
    "500, 500 Internal Server Error",
    "503, 503 Service Unavailable",
    "599, 599 Unknown"
  })
  void statusAnswersWithThatStatus(int code, String line) throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.get("/status/" + code);
      assertThat(connection.readHead())
          .contains("HTTP/1.1 " + line, "Content-Length: " + (line.length() + 1));
      assertThat(connection.readLine()).isEqualTo(line);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 304})
  void statusWithoutABodyHasNone(int code) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.get("/status/" + code);
    assertThat(response.statusCode()).isEqualTo(code);
    assertThat(response.body()).isEmpty();
    assertThat(http.get("/close").statusCode()).isEqualTo(200);
  }

  @Test
  void everyStatusCanBeHad() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      for (int code = 200; code <= 599; code++) {
        try (RawConnection connection = RawConnection.to(server)) {
          connection.send("GET /status/" + code + " HTTP/1.0");
          assertThat(connection.readLine()).startsWith("HTTP/1.0 " + code + " ");
        }
      }
    }
  }

  @Test
  void redirectLeadsToTenKInThatManySteps() throws IOException, InterruptedException {
    long before = http.server().requestsReceived();
    HttpResponse<byte[]> response = http.get("/redirect/3");
    assertThat(response.uri()).isEqualTo(http.server().uri("/10k.dat"));
    assertThat(response.body()).hasSize(10_240);
    assertThat(http.server().requestsReceived() - before).isEqualTo(4);
  }

  @Test
  void closeAnswersAndCloses() throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.get("/close");
      assertThat(connection.readHead()).contains("HTTP/1.1 200 OK", "Connection: close");
      assertThat(connection.readToEnd()).asString().isEqualTo("ok\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
  void echoAnswersWithWhatItGot(String method) throws IOException, InterruptedException {
    String body = method.equals("GET") ? "" : "a\u00e4\n";
    HttpResponse<byte[]> response = http.send(method, "/echo?q=%20x&y", body);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).asString().isEqualTo(body);
    assertThat(response.headers().firstValue("X-Echo-Method")).contains(method);
    assertThat(response.headers().firstValue("X-Echo-Target")).contains("/echo?q=%20x&y");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void echoReturnsALargeBodyAndItsType(boolean expectContinue)
      throws IOException, InterruptedException {
    byte[] body = new byte[3_000_000];
    new Random(1).nextBytes(body);
    HttpResponse<byte[]> response =
        http.send(
            http.request("/echo")
                .expectContinue(expectContinue)
                .header("Content-Type", "image/x-test")
                .POST(BodyPublishers.ofByteArray(body)));
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().firstValue("Content-Type")).contains("image/x-test");
  }

  @Test
  void echoReturnsTheLargestBodyAndRefusesALargerOne() throws IOException, InterruptedException {
    byte[] largest = new byte[EchoHandler.MAX_BYTES];
    new Random(2).nextBytes(largest);
    HttpRequest.Builder request = http.request("/echo");
    assertThat(http.send(request.POST(BodyPublishers.ofByteArray(largest))).body())
        .isEqualTo(largest);
    String tooLong = (EchoHandler.MAX_BYTES + 1) + "";
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.send("POST /echo HTTP/1.1", "Host: test", "Content-Length: " + tooLong);
      connection.write("abc");
      assertThat(connection.readHead())
          .contains("HTTP/1.1 413 Request Entity Too Large", "Connection: close");
      assertThat(connection.readLine())
          .isEqualTo("the body must not be larger than 33554432 bytes");
    }
  }

  @Test
  void echoRefusesAChunkedBodyOnceItIsTooLarge() throws IOException {
    String chunk = "100000\r\n" + "x".repeat(1 << 20) + "\r\n";
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.send("POST /echo HTTP/1.1", "Host: test", "Transfer-Encoding: chunked");
      for (int i = 0; i < 32; i++) {
        connection.write(chunk);
      }
      // No more than that: bytes that the server does not read would cost its answer.
      connection.write("1\r\nx\r\n");
      assertThat(connection.readHead()).contains("HTTP/1.1 413 Request Entity Too Large");
    }
  }

  /** 64 connections that announced 32 MiB each would take 2 GiB. */
  @Test
  void echoTakesNoMemoryForABodyThatIsOnlyAnnounced() throws IOException {
    List<RawConnection> waiting = new ArrayList<>();
    long before = usedHeap();
    long requests = http.server().requestsReceived();
    for (int i = 0; i < 64; i++) {
      waiting.add(RawConnection.to(http.server()));
      waiting.getLast().send("POST /echo HTTP/1.1", "Host: test", "Content-Length: 33554432");
      waiting.getLast().write("abc");
    }
    Eventually.holds(() -> http.server().requestsReceived() == requests + 64);
    assertThat(usedHeap() - before).isLessThan(64L << 20);
    for (RawConnection connection : waiting) {
      connection.close();
    }
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @ParameterizedTest
  @CsvSource({
    "/echo, 18446744073709551621",
    "/10k.dat, 18446744073709551616",
    "/status/200, 9223372036854775808",
    "/echo, -1",
    "/echo, 5x"
  })
  void aContentLengthThatIsNoLongIsABadRequestWithoutAStackTrace(String path, String length)
      throws IOException {
    LogOf log = LogOf.start();
    try (log;
        RawConnection connection = RawConnection.to(http.server())) {
      connection.send("GET " + path + " HTTP/1.1", "Host: test", "Content-Length: " + length);
      connection.write("hello");
      assertThat(connection.readLine()).startsWith("HTTP/1.1 400 ");
      assertThat(connection.readToEnd()).isNotEmpty();
    }
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void aDelayEndsWhenTheClientClosesItsConnection() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      RawConnection connection = RawConnection.to(server).get("/delay/3600000");
      Eventually.holds(() -> server.requestsReceived() == 1);
      assertThat(server.connectionsOpen()).isEqualTo(1);
      connection.close();
      Eventually.holds(() -> server.connectionsOpen() == 0);
    }
  }

  @Test
  void aRequestSentDuringADelayIsAnsweredAfterIt() throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      long before = http.server().requestsReceived();
      connection.get("/delay/1500");
      Eventually.holds(() -> http.server().requestsReceived() > before);
      connection.get("/status/404").get("/close");
      assertThat(connection.readHead()).contains("HTTP/1.1 200 OK");
      assertThat(connection.readLine()).isEqualTo("ok");
      assertThat(connection.readHead()).contains("HTTP/1.1 404 Not Found");
      assertThat(connection.readLine()).isEqualTo("404 Not Found");
      assertThat(connection.readHead()).contains("HTTP/1.1 200 OK");
    }
  }

  @Test
  void echoReturnsAChunkedBody() throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.send("POST /echo HTTP/1.1", "Host: test", "Transfer-Encoding: chunked");
      connection.write("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
      assertThat(connection.readHead()).contains("Content-Length: 5");
      assertThat(connection.readBytes(5)).asString().isEqualTo("abcde");
    }
  }

  @Test
  void headersAreAnsweredOneALine() throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.send(
          "GET /headers HTTP/1.1",
          "X-Second: 2",
          "Host: test",
          "Connection: close",
          "X-First: 1",
          "X-Second: zwei");
      connection.readHead();
      assertThat(connection.readToEnd())
          .asString()
          .isEqualTo("Connection: close\nHost: test\nX-First: 1\nX-Second: 2\nX-Second: zwei\n");
    }
  }
}

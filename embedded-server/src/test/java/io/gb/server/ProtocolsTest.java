package io.gb.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The paths answer the same whichever protocol the JDK's client speaks. */
@Timeout(60)
@NoThreadLeaks(ignoreNames = "junit-jupiter-timeout-watcher")
class ProtocolsTest {

  enum Protocol {
    HTTPS(true, Version.HTTP_1_1),
    UPGRADE(false, Version.HTTP_2),
    HTTPS_2(true, Version.HTTP_2);

    private final boolean https;
    private final Version version;

    Protocol(boolean https, Version version) {
      this.https = https;
      this.version = version;
    }

    HttpTester start() throws IOException {
      ServerConfig config = ServerConfig.loopback();
      return HttpTester.start(https ? config.withHttps() : config, version);
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsTheProtocolThatWasAskedFor(Protocol protocol) throws IOException, InterruptedException {
    try (HttpTester http = protocol.start()) {
      HttpResponse<byte[]> response = http.get("/10k.dat");
      assertThat(response.version()).isEqualTo(protocol.version);
      assertThat(response.sslSession().isPresent()).isEqualTo(protocol.https);
      assertThat(response.headers().firstValue("server")).contains("gb-embedded/0.1");
      assertThat(response.headers().firstValue("content-length")).contains("10240");
      assertThat(response.body()).hasSize(10_240);
      assertThat(http.server().uri().getScheme()).isEqualTo(protocol.https ? "https" : "http");
    }
  }

  @ParameterizedTest
  @EnumSource
  void requestsAreCountedExactly(Protocol protocol) throws IOException, InterruptedException {
    try (HttpTester http = protocol.start()) {
      http.get("/10k.dat");
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(
            http.client()
                .sendAsync(http.request("/bytes/" + i).build(), BodyHandlers.ofByteArray()));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(answers.get(i).join().body()).hasSize(i);
      }
      assertThat(http.server().requestsReceived()).isEqualTo(51);
      if (protocol.version == Version.HTTP_2) {
        assertThat(http.server().connectionsAccepted()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void bodiesArriveWhole(Protocol protocol) throws IOException, InterruptedException {
    try (HttpTester http = protocol.start()) {
      byte[] million = http.get("/bytes/1000003").body();
      assertThat(million).hasSize(1_000_003);
      assertThat(http.get("/chunked/1000003").body()).isEqualTo(million);
      assertThat(http.get("/bytes/0").body()).isEmpty();
      byte[] gzip = http.get("/gzip/1000003").body();
      assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
          .isEqualTo(million);
    }
  }

  @ParameterizedTest
  @EnumSource
  void headHasNoBodyButALength(Protocol protocol) throws IOException, InterruptedException {
    try (HttpTester http = protocol.start()) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<byte[]> response = http.send("HEAD", "/bytes/100", "");
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-length")).contains("100");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void statusesAndRedirectsAreAnswered(Protocol protocol) throws IOException, InterruptedException {
    try (HttpTester http = protocol.start()) {
      for (int code : new int[] {200, 204, 205, 304, 404, 418, 500, 599}) {
        assertThat(http.get("/status/" + code).statusCode()).isEqualTo(code);
      }
      assertThat(http.get("/redirect/3").body()).hasSize(10_240);
      assertThat(http.get("/no/such/path").statusCode()).isEqualTo(404);
      assertThat(http.get("/bytes/-1").statusCode()).isEqualTo(400);
      assertThat(http.send("POST", "/10k.dat", "x").statusCode()).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @EnumSource
  void delayAnswersNoEarlierThanItSays(Protocol protocol) throws IOException, InterruptedException {
    try (HttpTester http = protocol.start()) {
      long start = System.nanoTime();
      assertThat(http.get("/delay/1100").body()).asString().isEqualTo("ok\n");
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_100_000_000L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void echoReturnsALargeBody(Protocol protocol) throws IOException, InterruptedException {
    byte[] body = new byte[3_000_000];
    new Random(1).nextBytes(body);
    try (HttpTester http = protocol.start()) {
      for (boolean expectContinue : new boolean[] {false, true}) {
        HttpResponse<byte[]> response =
            http.send(
                http.request("/echo?q=%20x")
                    .expectContinue(expectContinue)
                    .POST(BodyPublishers.ofByteArray(body)));
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("x-echo-method")).contains("POST");
        assertThat(response.headers().firstValue("x-echo-target")).contains("/echo?q=%20x");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void headersAreAnsweredOneALine(Protocol protocol) throws IOException, InterruptedException {
    try (HttpTester http = protocol.start()) {
      String lines =
          new String(http.send(http.request("/headers").header("X-A", "1")).body(), UTF_8);
      assertThat(lines.lines().map(line -> line.toLowerCase(Locale.ROOT)))
          .contains("x-a: 1", "host: 127.0.0.1:" + http.server().port());
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeEndsConnectionsOfHttp11Only(Protocol protocol)
      throws IOException, InterruptedException {
    try (HttpTester http = protocol.start()) {
      for (int i = 0; i < 3; i++) {
        assertThat(http.get("/close").body()).asString().isEqualTo("ok\n");
      }
      assertThat(http.server().connectionsAccepted())
          .isEqualTo(protocol.version == Version.HTTP_2 ? 1 : 3);
    }
  }
}

package io.gb.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gb.harness.http.ConnectionConfig;
import io.gb.harness.http.EngineKind;
import io.gb.harness.http.Origin;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.TlsOptions;
import io.gb.harness.http.Transport;
import io.gb.harness.job.Header;
import io.gb.harness.load.LoadConfig;
import io.gb.leaks.junit.NoThreadLeaks;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NoThreadLeaks
class BenchmarkConfigTest {

  private static final URI ANY = URI.create("http://test/");

  @Test
  void defaultsAreOneGetOnOneConnection() {
    BenchmarkConfig config = BenchmarkConfig.builder(ANY).build();
    assertThat(config.request().uri()).isEqualTo(ANY);
    assertThat(config.request().method()).isEqualTo("GET");
    assertThat(config.request().headers()).isEmpty();
    assertThat(config.request().body()).isEmpty();
    assertThat(config.load().requests()).isEqualTo(1);
    assertThat(config.connection().concurrency()).isEqualTo(1);
    assertThat(config.load().timeLimit()).isNull();
    assertThat(config.connection().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.connection().keepAlive()).isFalse();
    assertThat(config.request().variableLength()).isFalse();
    assertThat(config.load().stopOnReceiveError()).isFalse();
    assertThat(config.load().giveUpAfter()).isEqualTo(10);
    assertThat(config.connection().engine()).isEqualTo(EngineKind.LOOP);
    assertThat(config.connection().listener()).isNull();
  }

  @Test
  void everySettingArrives() {
    byte[] body = {1};
    BenchmarkConfig config =
        BenchmarkConfig.builder(ANY)
            .method("PUT")
            .header("A", "1")
            .header("B", "2")
            .body(body, "text/x")
            .requests(100)
            .concurrency(7)
            .timeLimit(Duration.ofSeconds(3))
            .timeout(Duration.ofSeconds(4))
            .keepAlive(true)
            .variableLength(true)
            .stopOnReceiveError(true)
            .giveUpAfter(5)
            .engine(EngineKind.CLIENT)
            .listener((job, status, head) -> {})
            .build();
    assertThat(config.request().method()).isEqualTo("PUT");
    assertThat(config.request().headers())
        .containsExactly(new Header("A", "1"), new Header("B", "2"));
    assertThat(config.request().body()).isSameAs(body);
    assertThat(config.request().contentType()).isEqualTo("text/x");
    assertThat(config.load().requests()).isEqualTo(100);
    assertThat(config.connection().concurrency()).isEqualTo(7);
    assertThat(config.load().timeLimit()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.connection().timeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.connection().keepAlive()).isTrue();
    assertThat(config.request().variableLength()).isTrue();
    assertThat(config.load().stopOnReceiveError()).isTrue();
    assertThat(config.load().giveUpAfter()).isEqualTo(5);
    assertThat(config.connection().engine()).isEqualTo(EngineKind.CLIENT);
    assertThat(config.connection().listener()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://test, test, 80, false, /",
    "http://test/, test, 80, false, /",
    "https://test/a, test, 443, true, /a",
    "HTTPS://test/a, test, 443, true, /a",
    "http://test:8080/a?b=c&d=e, test, 8080, false, /a?b=c&d=e",
    "http://test?b=c, test, 80, false, /?b=c",
    "http://test/a%20b?c=%26#part, test, 80, false, /a%20b?c=%26",
    "http://under_score:81/, under_score, 81, false, /",
    "http://bücher.example/日本?ü, xn--bcher-kva.example, 80, false," + " /%E6%97%A5%E6%9C%AC?%C3%BC",
    "http://[::1]:81/x, ::1, 81, false, /x",
    "http://127.0.0.1/x, 127.0.0.1, 80, false, /x",
    "http://test:65535/, test, 65535, false, /",
    "http://test:1/, test, 1, false, /"
  })
  void urlTellsWhereToAndWhat(String uri, String host, int port, boolean tls, String target) {
    BenchmarkConfig config = BenchmarkConfig.builder(URI.create(uri)).build();
    assertThat(config.request().origin()).isEqualTo(new Origin(tls, host, port));
    assertThat(config.request().target()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://test/, the scheme must be http or https: ftp://test/",
    "test/a, the scheme must be http or https: test/a",
    "//test/a, the scheme must be http or https: //test/a",
    "http:///a, no host: http:///a",
    "http:a, no host: http:a",
    "http://test:0/, the port must be between 1 and 65535: http://test:0/",
    "http://test:65536/, the port must be between 1 and 65535: http://test:65536/",
    "http://user:secret@test/, 'use -A, or the header Authorization, for user and password:"
        + " http://***@test/'"
  })
  void badUrlIsRefused(String uri, String message) {
    assertRefused(BenchmarkConfig.builder(URI.create(uri)), message);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void noRequestsAreRefused(long requests) {
    assertRefused(any().requests(requests), "requests must be at least 1: " + requests);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 20_001, Integer.MAX_VALUE})
  void concurrencyOutOfRangeIsRefused(int concurrency) {
    assertRefused(
        any().requests(Long.MAX_VALUE).concurrency(concurrency),
        "concurrency must be between 1 and 20000: " + concurrency);
  }

  @Test
  void moreConnectionsThanRequestsAreRefused() {
    assertRefused(
        any().requests(5).concurrency(6),
        "concurrency must not exceed the number of requests, 5: 6");
    assertThatCode(() -> any().requests(5).concurrency(5).build()).doesNotThrowAnyException();
  }

  @Test
  void urlMayBeTextThatNoUriCanHold() {
    assertThat(BenchmarkConfig.builder("http://test/a b|c").build().request().target())
        .isEqualTo("/a%20b%7Cc");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BenchmarkConfig.builder("http://me:secret@test/"))
        .withMessageNotContaining("secret");
  }

  @Test
  void withATimeLimitAloneThereIsNoOther() {
    assertThat(any().timeLimit(Duration.ofSeconds(1)).build().load().requests())
        .isEqualTo(LoadConfig.UNLIMITED);
    assertThat(any().timeLimit(Duration.ofSeconds(1)).requests(3).build().load().requests())
        .isEqualTo(3);
  }

  @Test
  void withAConcurrencyAloneEachConnectionSendsOneRequest() {
    assertThat(any().concurrency(10).build().load().requests()).isEqualTo(10);
  }

  @Test
  void textOfAConfigurationHelpsAndTellsNoSecret() {
    String text =
        any()
            .method("PUT")
            .header("Authorization", "Basic secret")
            .header("X-Key", "secret")
            .body(new byte[7], "text/x")
            .transport(
                new Transport(
                    0,
                    null,
                    false,
                    new ProxyServer("proxy", 3128, "Basic secret"),
                    TlsOptions.LENIENT))
            .build()
            .toString();
    assertThat(text)
        .contains(
            "PUT http://test/ with [Authorization, X-Key] and a body of 7 bytes",
            "requests=1",
            "concurrency=1",
            "proxy:3128 with credentials")
        .doesNotContain("secret")
        .doesNotContainPattern("@[0-9a-f]{4}");
  }

  @Test
  void boundsAreWithin() {
    BenchmarkConfig config =
        any()
            .requests(Long.MAX_VALUE)
            .concurrency(ConnectionConfig.MAX_CONCURRENCY)
            .timeout(Duration.ofNanos(1))
            .timeLimit(Duration.ofNanos(1))
            .giveUpAfter(0)
            .build();
    assertThat(config.connection().concurrency()).isEqualTo(20_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void timeThatIsNotPositiveIsRefused(Duration time) {
    assertRefused(any().timeLimit(time), "time limit must be positive: " + time);
    assertRefused(any().timeout(time), "timeout must be positive: " + time);
  }

  /** Times are kept in a long of nanoseconds, which holds 292 years. */
  @Test
  void timeThatNobodyCanCountInNanosecondsIsRefused() {
    Duration tooLong = Duration.ofDays(1_000_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> any().timeLimit(tooLong).build())
        .withMessageContainingAll("time limit", tooLong.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> any().timeout(tooLong).build())
        .withMessageContainingAll("timeout", tooLong.toString());
  }

  @Test
  void negativeNumberOfFailuresIsRefused() {
    assertRefused(any().giveUpAfter(-1), "giveUpAfter must not be negative: -1");
  }

  /** A method is a token (RFC 9110, section 9.1). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "GET ", "G ET", "GET\t", "GET\r\n", "GET\0", "GÉT", "G:T", "GET/", "(GET)"
      })
  void methodThatIsNoTokenIsRefused(String method) {
    assertRefused(any().method(method), "bad method: " + method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "get", "PURGE", "M-SEARCH", "X_Y.Z"})
  void methodThatIsATokenIsGood(String method) {
    assertThat(any().method(method).build().request().method()).isEqualTo(method);
  }

  @Test
  void contentTypeWithALineBreakIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> any().body(new byte[1], "text/x\r\nX-Smuggled: 1").build())
        .withMessageContaining("Content-Type");
  }

  @Test
  void badHeaderIsRefusedAtOnce() {
    BenchmarkConfig.Builder builder = any();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.header("a b", "c"))
        .withMessageContaining("a b");
  }

  @Test
  void headersAreACopy() {
    List<Header> headers = new ArrayList<>(List.of(new Header("A", "1")));
    RequestConfig config = new RequestConfig(ANY, "GET", headers, new byte[0], "text/plain", false);
    headers.clear();
    assertThat(config.headers()).containsExactly(new Header("A", "1"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> config.headers().clear());
  }

  @Test
  void builderMayBeUsedAgain() {
    BenchmarkConfig.Builder builder = any().requests(5);
    BenchmarkConfig first = builder.build();
    BenchmarkConfig second = builder.requests(6).header("A", "1").build();
    assertThat(first.load().requests()).isEqualTo(5);
    assertThat(first.request().headers()).isEmpty();
    assertThat(second.load().requests()).isEqualTo(6);
  }

  private static void assertRefused(BenchmarkConfig.Builder builder, String message) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
  }

  private static BenchmarkConfig.Builder any() {
    return BenchmarkConfig.builder(ANY);
  }
}

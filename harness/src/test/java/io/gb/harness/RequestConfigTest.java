package io.gb.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.TlsOptions;
import io.gb.harness.http.Transport;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import io.gb.leaks.junit.NoThreadLeaks;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NoThreadLeaks
class RequestConfigTest {

  private static final byte[] BODY = {1, 2, 3};

  @Test
  void plainRequestHasOnlyTheDefaultsInAbsOrder() {
    Job job = job(to("http://test/a?b=c"));
    assertThat(job.method()).isEqualTo("GET");
    assertThat(job.target()).isEqualTo("/a?b=c");
    assertThat(job.body()).isEmpty();
    assertThat(lines(job))
        .containsExactly("Connection: close", "Host: test", "User-Agent: gb", "Accept: */*");
  }

  @Test
  void headersComeInAbsOrder() {
    Job job =
        job(
            to("http://test/")
                .method("POST")
                .body(BODY, "text/x")
                .keepAlive(true)
                .header("Cookie", "a=b")
                .header("X-Two", "2")
                .header("X-One", "1"));
    assertThat(lines(job))
        .containsExactly(
            "Connection: Keep-Alive",
            "Content-Length: 3",
            "Content-Type: text/x",
            "Cookie: a=b",
            "X-Two: 2",
            "X-One: 1",
            "Host: test",
            "User-Agent: gb",
            "Accept: */*");
    assertThat(job.body()).isSameAs(BODY);
  }

  @ParameterizedTest
  @CsvSource({
    "http://test/, test",
    "http://test:80/, test",
    "http://test:8080/, test:8080",
    "http://test:443/, test:443",
    "https://test/, test",
    "https://test:443/, test",
    "https://test:80/, test:80",
    "http://10.0.0.1:81/, 10.0.0.1:81",
    "http://[::1]/, [::1]",
    "http://[::1]:80/, [::1]",
    "http://[::1]:8080/, [::1]:8080",
    "HTTP://Test:80/, Test",
    "http://under_score:81/, under_score:81"
  })
  void hostNamesThePortUnlessItIsTheUsualOne(String uri, String host) {
    assertThat(lines(job(to(uri)))).containsOnlyOnce("Host: " + host);
  }

  @ParameterizedTest
  @CsvSource({"Host, HOST", "User-Agent, user-agent", "Accept, aCCept"})
  void ownHeaderReplacesADefaultWhateverItsLetters(String name, String own) {
    List<String> lines = lines(job(to("http://test/").header(own, "mine")));
    assertThat(lines).contains(own + ": mine");
    assertThat(lines)
        .filteredOn(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Type", "content-type", "CONTENT-TYPE"})
  void ownContentTypeReplacesTheOneOfTheBody(String own) {
    assertThat(lines(job(to("http://test/").body(BODY, "text/x").header(own, "text/y"))))
        .containsExactly(
            "Connection: close",
            "Content-Length: 3",
            own + ": text/y",
            "Host: test",
            "User-Agent: gb",
            "Accept: */*");
  }

  @Test
  void ownHeadersMayRepeat() {
    assertThat(
            lines(
                job(
                    to("http://test/")
                        .body(BODY, "text/x")
                        .header("X-Twice", "1")
                        .header("X-Twice", "2")
                        .header("Content-Language", "de")
                        .header("Content-Language", "en"))))
        .contains("X-Twice: 1", "X-Twice: 2", "Content-Language: de", "Content-Language: en");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void emptyBodyIsAnnouncedWhereOneIsExpected(String method) {
    assertThat(lines(job(to("http://test/").method(method)))).contains("Content-Length: 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
  void emptyBodyIsNotMentionedElsewhere(String method) {
    assertThat(lines(job(to("http://test/").method(method))))
        .noneMatch(line -> line.startsWith("Content-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "PATCH"})
  void bodyIsAnnouncedWithAnyMethod(String method) {
    assertThat(lines(job(to("http://test/").method(method).body(BODY, "a/b"))))
        .contains("Content-Length: 3", "Content-Type: a/b");
  }

  @Test
  void withoutABodyOwnContentHeadersAreJustHeaders() {
    assertThat(lines(job(to("http://test/").header("Content-Type", "text/y"))))
        .containsOnlyOnce("Content-Type: text/y");
  }

  @ParameterizedTest
  @CsvSource({
    "Transfer-Encoding, chunked",
    "transfer-encoding, identity",
    "Content-Length, 4",
    "CONTENT-LENGTH, 03",
    "Content-Length, '3, 3'"
  })
  void headerThatFramesTheBodyOtherwiseIsRefused(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> to("http://test/").body(BODY, "a/b").header(name, value).build())
        .withMessage(
            "header '%s: %s': leave it out, the body of 3 bytes is sent with its Content-Length",
            name, value);
  }

  @Test
  void lengthOfTheBodyMayBeGivenOnce() {
    BenchmarkConfig.Builder builder =
        to("http://test/").body(BODY, "a/b").header("content-length", "3");
    assertThat(lines(job(builder)))
        .filteredOn(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length"))
        .containsExactly("content-length: 3");
    assertThatIllegalArgumentException()
        .isThrownBy(builder.header("Content-Length", "3")::build)
        .withMessageStartingWith("header 'Content-Length: 3': leave it out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void onlyTheProxyGetsItsCredentials(String scheme) {
    ProxyServer proxy = new ProxyServer("proxy", 3128, "Basic old");
    BenchmarkConfig config =
        to(scheme + "://test/")
            .transport(new Transport(0, null, false, proxy, TlsOptions.LENIENT))
            .header("proxy-authorization", "Basic new")
            .build();
    assertThat(Objects.requireNonNull(config.connection().transport().proxy()).authorization())
        .isEqualTo("Basic new");
    List<String> headers =
        config.request().job(config.connection()).headers().stream()
            .map(Header::value)
            .filter(value -> value.startsWith("Basic"))
            .toList();
    assertThat(headers).isEqualTo(scheme.equals("http") ? List.of("Basic new") : List.of());
  }

  @Test
  void noTextShowsCredentials() {
    ProxyServer proxy = new ProxyServer("proxy", 3128, "Basic secret");
    BenchmarkConfig config =
        to("http://test/")
            .transport(new Transport(0, null, false, proxy, TlsOptions.LENIENT))
            .header("AUTHORIZATION", "Basic secret")
            .build();
    assertThat(config.toString() + config.request().job(config.connection()))
        .contains("proxy:3128", "AUTHORIZATION: ***")
        .doesNotContain("secret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> to("ftp://me:secret@test/").build())
        .withMessage("the scheme must be http or https: ftp://***@test/");
  }

  private static Job job(BenchmarkConfig.Builder builder) {
    BenchmarkConfig config = builder.build();
    return config.request().job(config.connection());
  }

  private static List<String> lines(Job job) {
    return job.headers().stream().map(RequestConfigTest::line).toList();
  }

  private static String line(Header header) {
    return header.name() + ": " + header.value();
  }

  private static BenchmarkConfig.Builder to(String uri) {
    return BenchmarkConfig.builder(URI.create(uri));
  }
}

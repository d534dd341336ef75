package io.gb.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.cli.Gb;
import io.gb.cli.RawServer;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ab's options do what ab's users expect of them; seen from the server where that is possible. */
@Timeout(120)
@NoThreadLeaks
class AbOptionsTest {

  @TempDir private Path folder;
  private RawServer server;

  @BeforeEach
  void start() throws IOException {
    server = RawServer.friendly();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void withoutOptionsOneGetIsSentOnAConnectionOfItsOwn() {
    Gb gb = Gb.run(server.url() + "a?b=c%20d");
    assertThat(gb.number("Complete requests:")).isEqualTo(1);
    assertThat(server.requests())
        .containsExactly(
            "GET /a?b=c%20d HTTP/1.1\r\n"
                + "Connection: close\r\n"
                + "Host: "
                + server.authority()
                + "\r\n"
                + "User-Agent: gb\r\n"
                + "Accept: */*\r\n"
                + "\r\n");
  }

  @Test
  void lettersThatNoUrlMayHaveArePercentEncoded() {
    Gb gb = Gb.run(server.url() + "日本 {a|b}?q=😀#part");
    String sent = "/%E6%97%A5%E6%9C%AC%20%7Ba%7Cb%7D?q=%F0%9F%98%80";
    assertThat(server.requests().getFirst()).startsWith("GET " + sent + " HTTP/1.1\r\n");
    assertThat(gb.out()).contains("\nDocument Path:          " + sent + "\n");
  }

  @Test
  void aHostNameMayHaveAnUnderscoreOrLettersBeyondAscii() {
    Gb gb = Gb.run("-X", server.authority(), "http://my_service:81/");
    assertThat(gb.out())
        .contains(
            "\nBenchmarking my_service [through " + server.authority() + "]",
            "\nServer Hostname:        my_service\nServer Port:            81\n");
    Gb.run("-X", server.authority(), "http://bücher.example/");
    assertThat(server.requests())
        .map(request -> request.lines().findFirst().orElseThrow())
        .containsExactly(
            "GET http://my_service:81/ HTTP/1.1", "GET http://xn--bcher-kva.example/ HTTP/1.1");
  }

  @Test
  void theSchemeMayBeLeftOut() {
    assertThat(Gb.run(server.authority() + "/").code()).isZero();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aTimeLimitImplies50000Requests() throws IOException {
    try (RawServer silent = RawServer.silent()) {
      assertThat(Gb.run("-n", "7", "-t", "0.1", silent.url()).out())
          .contains("Ended early:            time limit; 0 of 50000 requests ended,");
    }
  }

  @ParameterizedTest
  @CsvSource({"-n 1k, 1000", "-n 2K, 2000", "-t 1m -n 5, 5"})
  void numbersMayHaveALetterForThousands(String options, long expected) {
    List<String> line = new ArrayList<>(List.of(options.split(" ", -1)));
    line.addAll(List.of("-k", server.url()));
    assertThat(Gb.run(line.toArray(String[]::new)).number("Complete requests:"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"100ms", "0.1s", "0.1S", "0.1"})
  void timesMayHaveAUnit(String time) throws IOException {
    try (RawServer silent = RawServer.silent()) {
      assertThat(Gb.run("-t", time, "-n", "1m", silent.url()).out())
          .contains("Ended early:            time limit; 0 of 1000000 requests ended,");
    }
  }

  @ParameterizedTest
  @CsvSource({"30, 30000", "2m, 120000", "1.5M, 90000", "1H, 3600000", "1ms, 1", "1e1s, 10000"})
  void unitsOfTimeAreThoseOfSiegeAndOthers(String text, long millis) {
    assertThat(Seconds.parse(text)).hasMillis(millis);
  }

  @Test
  void aNumberOfRequestsBehindTheTimeLimitOverridesIt() {
    assertThat(Gb.run("-t", "100", "-n", "7", server.url()).number("Complete requests:"))
        .isEqualTo(7);
  }

  /** Another tool's meaning of an option must not hide a value that is ab's. */
  @ParameterizedTest
  @ValueSource(strings = {"-f TLS1.2", "-f TLS1.3", "-fTLS1.2", "-f ALL", "-d", "-q", "-C -- -k"})
  void valuesOfAbAreNotTakenForThoseOfOtherTools(String options) {
    List<String> line = new ArrayList<>(List.of(options.split(" ")));
    line.addAll(List.of("-n", "2", server.url()));
    assertThat(Gb.run(line.toArray(String[]::new)).number("Complete requests:")).isEqualTo(2);
  }

  @Test
  void anAddressBehindAFlagIsNoBodyOfCurl() {
    Gb gb = Gb.run("-n", "1", "-d", "[::1]:1/");
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.out()).contains("Benchmarking [::1]");
  }

  @Test
  void aLaterOptionOverridesAnEarlierOne() {
    Gb gb = Gb.run("-n", "3", "-c", "3", "-n", "6", "-c", "2", "-k", "-k", server.url());
    assertThat(gb.number("Complete requests:")).isEqualTo(6);
    assertThat(gb.number("Concurrency Level:")).isEqualTo(2);
    assertThat(gb.err()).isEmpty();
  }

  @Test
  void withoutKEachRequestHasItsConnection() {
    Gb gb = Gb.run("-n", "5", server.url());
    assertThat(server.connections()).isEqualTo(5);
    assertThat(gb.out()).doesNotContain("Keep-Alive");
  }

  @Test
  void withKConnectionsAreKept() {
    Gb gb = Gb.run("-k", "-n", "6", "-c", "2", server.url());
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.requests())
        .hasSize(6)
        .allMatch(r -> r.contains("Connection: Keep-Alive\r\n"));
    assertThat(gb.number("Keep-Alive requests:")).isEqualTo(6);
  }

  @Test
  void repeatedCookiesShareOneHeader() {
    assertThat(Gb.run("-C", "a=1", "-C", "b=x=2", "-C", "c", server.url()).code()).isZero();
    assertThat(server.headers())
        .filteredOn(line -> line.startsWith("Cookie"))
        .containsExactly("Cookie: a=1; b=x=2; c");
  }

  @Test
  void aPasswordMayHoldColonsAndAnyLetters() {
    assertThat(Gb.run("-A", "jürgen:a:b:ß→", server.url()).code()).isZero();
    String expected = Base64.getEncoder().encodeToString("jürgen:a:b:ß→".getBytes(UTF_8));
    assertThat(server.headers()).contains("Authorization: Basic " + expected);
  }

  @Test
  void blanksBeforeTheUserAreNotSentButThoseBehindThePasswordAre() {
    assertThat(Gb.run("-A", "  me:secret ", server.url()).code()).isZero();
    String expected = Base64.getEncoder().encodeToString("me:secret ".getBytes(UTF_8));
    assertThat(server.headers()).contains("Authorization: Basic " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "hOsT", "User-Agent", "USER-AGENT", "Accept", "accept"})
  void anOwnHeaderReplacesTheDefaultWhateverItsCase(String name) {
    assertThat(Gb.run("-H", name + ": mine", server.url()).code()).isZero();
    assertThat(server.headers())
        .filteredOn(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .containsExactly(name + ": mine");
  }

  @Test
  void headersKeepTheirColonsCommasAndOrder() {
    assertThat(Gb.run("-H", "X: http://a:1,b", "-H", "X:two", "-H", "Y:", server.url()).code())
        .isZero();
    assertThat(server.headers()).containsSubsequence("X: http://a:1,b", "X: two", "Y: ");
  }

  @Test
  void pPostsAFileAsPlainText() throws IOException {
    assertThat(Gb.run("-p", file("körper").toString(), server.url()).code()).isZero();
    assertThat(server.requests().getFirst()).startsWith("POST / ").endsWith("\r\n\r\nkörper");
    assertThat(server.headers()).contains("Content-Length: 7", "Content-Type: text/plain");
  }

  @Test
  void uPutsAFile() throws IOException {
    assertThat(Gb.run("-u", file("body").toString(), server.url()).code()).isZero();
    assertThat(server.requests().getFirst()).startsWith("PUT / ").endsWith("\r\n\r\nbody");
  }

  @Test
  void mRenamesTheMethodAndKeepsTheBody() throws IOException {
    String body = file("body").toString();
    assertThat(Gb.run("-m", "PATCH", "-p", body, server.url()).code()).isZero();
    assertThat(server.requests().getFirst()).startsWith("PATCH / ").endsWith("\r\n\r\nbody");
  }

  @Test
  void iSendsHead() {
    Gb gb = Gb.run("-i", "-k", "-n", "2", server.url());
    assertThat(server.requests()).hasSize(2).allMatch(request -> request.startsWith("HEAD / "));
    assertThat(gb.number("HTML transferred:")).isZero();
    assertThat(gb.number("Failed requests:")).isZero();
  }

  @Test
  void tNamesTheTypeOfTheBody() throws IOException {
    String body = file("{}").toString();
    assertThat(Gb.run("-T", "application/json", "-p", body, server.url()).code()).isZero();
    assertThat(server.headers()).contains("Content-Type: application/json");
  }

  @Test
  void withoutABodyTIsNotSent() {
    assertThat(Gb.run("-T", "application/json", server.url()).code()).isZero();
    assertThat(server.headers()).noneMatch(line -> line.startsWith("Content-"));
  }

  @Test
  void aBodyAddsThreeLinesToTheReport() throws IOException {
    Gb gb = Gb.run("-n", "2", "-p", file("body").toString(), server.url());
    assertThat(gb.number("Total body sent:"))
        .isEqualTo(server.requests().stream().mapToLong(r -> r.getBytes(UTF_8).length).sum());
    assertThat(gb.out())
        .containsPattern("(?m)^ {24}[0-9.]+ kb/s sent$")
        .containsPattern("(?m)^ {24}[0-9.]+ kb/s total$");
  }

  @Test
  void sLimitsEachRequest() throws IOException {
    try (RawServer silent = RawServer.silent()) {
      Gb gb = Gb.run("-s", "0.1", "-n", "2", silent.url());
      assertThat(gb.rows())
          .contains("   (Connect: 0, Receive: 0, Length: 0, Exceptions: 2)\n")
          .contains("no complete response within 100 ms; the time ran out before the first byte");
    }
  }

  @Test
  void addressesSpreadsConnectionsAndCountsThem() {
    assertThat(Gb.run("--addresses", "all", "-n", "3", server.url()).out())
        .contains("\nAddress:                127.0.0.1, 3 connections\n");
    assertThat(Gb.run("--addresses", "first", server.url()).out()).doesNotContain("\nAddress:");
    Gb wrong = Gb.run("--addresses", "some", server.url());
    assertThat(wrong.code()).isEqualTo(22);
    assertThat(wrong.err()).contains("--addresses some: must be first or all");
  }

  @Test
  void lAcceptsBodiesOfDifferentLengths() throws IOException {
    try (EmbeddedServer echo = EmbeddedServer.start()) {
      Gb gb = Gb.run("-l", echo.uri("/headers").toString());
      assertThat(gb.out()).contains("Document Length:        Variable\n");
    }
  }

  @Test
  void clusteredAndAttachedShortOptionsWork() {
    Gb gb = Gb.run("-kqn", "10", "-c10", server.url());
    assertThat(gb.number("Complete requests:")).isEqualTo(10);
    assertThat(gb.number("Concurrency Level:")).isEqualTo(10);
    assertThat(gb.number("Keep-Alive requests:")).isEqualTo(10);
  }

  @Test
  void anAttachedValueMayHoldAnEqualsSign() {
    assertThat(Gb.run("-kCa=1", "-HX: b=2", server.url()).code()).isZero();
    assertThat(server.headers()).contains("Cookie: a=1", "X: b=2", "Connection: Keep-Alive");
  }

  @Test
  void aValueMayLookLikeAnOption() {
    assertThat(Gb.run("-C", "-k", "-A", "--keep-alive", server.url()).code()).isZero();
    assertThat(server.headers()).contains("Cookie: -k", "Connection: close");
  }

  @Test
  void reportsGoToFilesBesideTheOneOnStandardOutput() throws IOException {
    Path csv = folder.resolve("a.csv");
    Path tsv = folder.resolve("a.tsv");
    Gb gb = Gb.run("-e", csv.toString(), "-g", tsv.toString(), "-n", "5", server.url());
    assertThat(gb.number("Complete requests:")).isEqualTo(5);
    assertThat(Files.readAllLines(csv)).hasSize(102);
    assertThat(Files.readAllLines(tsv))
        .hasSize(6)
        .startsWith("starttime\tseconds\tctime\tdtime\tttime\twait");
  }

  @Test
  void aFileThatCannotBeWrittenDoesNotCostTheOther() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
    Path tsv = folder.resolve("a.tsv");
    Gb gb = Gb.run("-e", "/dev/full", "-g", tsv.toString(), "-n", "5", server.url());
    assertThat(gb.number("Complete requests:")).isEqualTo(5);
    assertThat(Files.readAllLines(tsv)).hasSize(6);
    assertThat(gb.errLines()).singleElement().asString().startsWith("gb: -e /dev/full: ");
    assertThat(gb.code()).isEqualTo(1);
  }

  @Test
  void moreRequestsThanAnIntHolds() throws IOException {
    try (RawServer silent = RawServer.silent()) {
      assertThat(Gb.run("-t", "0.1", "-n", "2147483649", silent.url()).out())
          .contains("time limit; 0 of 2147483649 requests ended,");
    }
  }

  @Test
  void longNamesWork() {
    Gb gb = Gb.run("--requests=4", "--concurrency", "2", "--keep-alive", server.url());
    assertThat(gb.number("Complete requests:")).isEqualTo(4);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void anArgumentWithAnAtSignIsTakenAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("args"), "-n 0", ISO_8859_1);
    assertThat(Gb.run("-C", "@" + file, server.url()).code()).isZero();
    assertThat(server.headers()).contains("Cookie: @" + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "CORE", "client", "loop"})
  void everyEngineServes(String engine) {
    Gb gb = Gb.run("--engine", engine, "-k", "-n", "4", "-c", "2", server.url());
    assertThat(gb.number("Complete requests:")).isEqualTo(4);
    assertThat(gb.number("Failed requests:")).isZero();
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void dLeavesThePercentilesOut() {
    assertThat(Gb.run("-n", "2", server.url()).out())
        .contains("\nPercentage of the requests served");
    assertThat(Gb.run("-d", "-n", "2", server.url()).out())
        .contains("\nConnection Times (ms)\n")
        .doesNotContain("Percentage of");
  }

  @Test
  void bigSLeavesTheConfidenceOut() {
    assertThat(Gb.run(server.url()).out()).contains("min  mean[+/-sd] median   max\n");
    assertThat(Gb.run("-S", server.url()).out())
        .contains("min   avg   max\n")
        .doesNotContain("median", "WARNING", "ERROR");
  }

  @Test
  void sloppyResponsesAreCountedOrRefused() throws IOException {
    try (RawServer sloppy = RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello")) {
      Gb gb = Gb.run("-n", "3", sloppy.url());
      assertThat(gb.number("Failed requests:")).isZero();
      assertThat(gb.rows())
          .contains(
              "Sloppy responses:       3 with a line that ends by LF alone (RFC 9112, 2.2)\n");
      gb = Gb.run("-n", "3", "-r", "--strict-http", sloppy.url());
      assertThat(gb.number("Failed requests:")).isEqualTo(3);
      assertThat(gb.rows())
          .contains("strict HTTP refuses a line that ends by LF alone (RFC 9112, 2.2)\n")
          .doesNotContain("Sloppy responses");
    }
    assertThat(Gb.run(server.url()).out()).doesNotContain("Sloppy responses");
  }

  @Test
  void passwordOfAProxyIsSentAndNotShown() throws IOException {
    String basic = "Basic " + Base64.getEncoder().encodeToString("me:s@cr:t".getBytes(UTF_8));
    Gb gb = Gb.run("-v", "2", "-X", "http://me:s%40cr:t@" + server.authority(), "http://far.test/");
    assertThat(gb.code()).isZero();
    assertThat(server.requests())
        .singleElement()
        .asString()
        .startsWith("GET http://far.test/ HTTP/1.1\r\n")
        .contains("Proxy-Authorization: " + basic + "\r\n");
    assertThat(gb.err()).contains("Proxy-Authorization: ***\n");
    assertThat(gb.out() + gb.err()).doesNotContain("cr:t", basic);
  }

  @Test
  void lowVerbositySaysNothing() {
    assertThat(Gb.run("-v", "1", server.url()).err()).isEmpty();
  }

  @Test
  void verbosity2ShowsTheRequestOnce() {
    Gb gb = Gb.run("-v", "2", "-n", "3", "-C", "a=1", server.url());
    assertThat(gb.errLines())
        .containsExactly(
            "INFO: GET header ==",
            "---",
            "GET / HTTP/1.1",
            "Connection: close",
            "Cookie: ***",
            "Host: " + server.authority(),
            "User-Agent: gb",
            "Accept: */*",
            "",
            "---");
    assertThat(gb.out()).doesNotContain("INFO", "LOG");
  }

  @Test
  void verbosity3AddsEachStatus() {
    Gb gb = Gb.run("-v", "3", "-n", "2", server.url());
    assertThat(gb.errLines())
        .startsWith("INFO: GET header ==")
        .endsWith("---", "LOG: Response code = 200", "LOG: Response code = 200");
  }

  @Test
  void verbosity2LeavesCredentialsOut() {
    Gb gb = Gb.run("-v", "2", "-A", "me:secret", "-P", "me:secret", "-H", "X: y", server.url());
    assertThat(gb.errLines()).contains("Authorization: ***", "Proxy-Authorization: ***", "X: y");
    assertThat(server.headers()).contains("Authorization: Basic bWU6c2VjcmV0");
  }

  @Test
  void verbosity4AddsEachHeadAndBody() {
    Gb gb = Gb.run("-v", "4", server.url());
    assertThat(gb.errLines())
        .endsWith(
            "---",
            "LOG: header received:",
            "HTTP/1.1 200 OK",
            "Server: raw/1.0 (test)",
            "Content-Length: 5",
            "",
            "LOG: Response code = 200",
            "LOG: body received, 5 bytes:",
            "hello");
    assertThat(gb.out()).doesNotContain("INFO", "LOG");
  }

  @Test
  void verbosity4ShowsTheBeginningOfALongBody() throws IOException {
    String body = "x".repeat(5000);
    try (RawServer talkative =
        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + body)) {
      assertThat(Gb.run("-v", "4", talkative.url()).errLines())
          .endsWith("LOG: body received, 4096 of 5000 bytes:", body.substring(0, 4096));
    }
  }

  /** A terminal obeys escape sequences, and a report is no place for markup. */
  @ParameterizedTest
  @ValueSource(strings = {"loop", "core", "client"})
  void whatAServerSaysIsShownAndNotObeyed(String engine) throws IOException {
    try (RawServer hostile =
        RawServer.answering(
            "HTTP/1.1 200 \u001b[2J\r\nServer: <b>\u009b2J</b>"
                + "x".repeat(5000)
                + "\r\nContent-Length: 8\r\n\r\n\u001b[31mred")) {
      Gb gb = Gb.run("--engine", engine, "-v", "4", hostile.url());
      assertThat(gb.err())
          .contains("HTTP/1.1 200 \\u001b[2J\n", "Server: <b>\\u009b2J</b>x", "\n\\u001b[31mred\n");
      assertThat(gb.out()).containsPattern("(?m)^Server Software: {8}<b>\\\\u009b2J</b>x{40,}…$");
      Gb html = Gb.run("--engine", engine, "-w", hostile.url());
      assertThat(html.out()).contains("&lt;b&gt;\\u009b2J&lt;/b&gt;x");
      assertThat(gb.out() + gb.err() + html.out())
          .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]");
    }
  }

  @Test
  void theServersFirstWordIsItsSoftware() {
    assertThat(Gb.run(server.url()).out()).contains("Server Software:        raw/1.0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void helpGoesToStandardOutputAndIsNoError(String option) {
    Gb gb = Gb.run(option);
    assertThat(gb.out()).startsWith("Usage: gb [options] ");
    assertThat(gb.err()).isEmpty();
    assertThat(gb.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "--version"})
  void theVersionIsTheBuilds(String option) {
    Gb gb = Gb.run(option);
    assertThat(gb.out()).matches("This is gb, Version [0-9]+\\.[0-9]+\\.[0-9]+\\S*\n.*\n");
    assertThat(gb.err()).isEmpty();
    assertThat(gb.code()).isZero();
  }

  @Test
  void withoutAUrlTheEmbeddedServerIsAnnouncedOnStandardError() {
    Gb gb = Gb.run("-n", "2");
    assertThat(gb.errLines())
        .singleElement()
        .asString()
        .matches(
            "gb: WARNING: no URL given; benchmarking gb's own server at"
                + " http://127\\.0\\.0\\.1:[0-9]+/10k\\.dat");
    assertThat(gb.number("HTML transferred:")).isEqualTo(2 * 10_240);
    assertThat(gb.code()).isZero();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("body"), text);
  }

  @Test
  void subcommandsHaveTheirOwnHelp() {
    Gb gb = Gb.run("serve", "-h");
    assertThat(gb.out()).startsWith("Usage: gb serve ");
    assertThat(List.of(gb.code(), gb.err().length())).containsOnly(0);
  }
}

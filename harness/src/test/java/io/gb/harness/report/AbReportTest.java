package io.gb.harness.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.BenchmarkResult;
import io.gb.harness.http.AddressCount;
import io.gb.harness.http.TlsOptions;
import io.gb.harness.http.Transport;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.http.response.Sloppiness;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.load.EndReason;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of results with known figures; the golden files were worked out by hand. */
@NoThreadLeaks
class AbReportTest {

  private static final AbReport.Options ALL = new AbReport.Options(true, true);
  private static final String NUMBER = " *[0-9]+";
  private static final String DECIMAL = " *[0-9]+\\.[0-9]";

  @Test
  void aCleanRunLooksAsWithAb() throws IOException {
    assertThat(render(ALL, clean().build())).isEqualTo(golden("clean"));
  }

  @Test
  void everythingThatCanBeSaidIsSaid() throws IOException {
    assertThat(render(ALL, eventful().build())).isEqualTo(golden("eventful"));
  }

  @Test
  void withoutConfidenceAndPercentilesTheTableIsTheOldOne() throws IOException {
    assertThat(render(new AbReport.Options(false, false), clean().build()))
        .isEqualTo(golden("short"));
  }

  @Test
  void aRunWithoutAnyAnswerHasNoTables() throws IOException {
    Results results =
        Results.of(Results.config("http://127.0.0.1:1/").concurrency(4))
            .failed(11, ErrorKind.CONNECT, new ConnectException("Connection refused"), 1, 2)
            .endedBy(EndReason.GAVE_UP, 89)
            .server(null);
    assertThat(render(ALL, results.build())).isEqualTo(golden("refused"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab", "tr-TR"})
  void everyLocaleGetsTheSame(String tag) throws IOException {
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      assertThat(render(ALL, eventful().build())).isEqualTo(golden("eventful"));
    } finally {
      Locale.setDefault(usual);
    }
  }

  /** The formats are those of ab's own source, where they are calls of printf. */
  @Test
  void everyLineHasAbsFormatInAbsOrder() {
    List<String> formats =
        List.of(
            "",
            "",
            "Server Software:        \\S*",
            "Server Hostname:        \\S+",
            "Server Port:            [0-9]+",
            "SSL/TLS Protocol:       \\S+,\\S+,[0-9]+,[0-9]+",
            "Server Temp Key:        .+",
            "TLS Server Name:        \\S+",
            "",
            "Document Path:          \\S+",
            "Document Length:        ([0-9]+ bytes|Variable)",
            "",
            "Concurrency Level:      [0-9]+",
            "Time taken for tests:   [0-9]+\\.[0-9]{3} seconds",
            "Complete requests:      [0-9]+",
            "Failed requests:        [0-9]+",
            "   \\(Connect: [0-9]+, Receive: [0-9]+, Length: [0-9]+, Exceptions: [0-9]+\\)",
            "Write errors:           [0-9]+",
            "Non-2xx responses:      [0-9]+",
            "Keep-Alive requests:    [0-9]+",
            "Total transferred:      [0-9]+ bytes",
            "Total body sent:        [0-9]+",
            "HTML transferred:       [0-9]+ bytes",
            "Requests per second:    [0-9]+\\.[0-9]{2} \\[#/sec] \\(mean\\)",
            "Time per request:       [0-9]+\\.[0-9]{3} \\[ms] \\(mean\\)",
            "Time per request:       [0-9]+\\.[0-9]{3} \\[ms]"
                + " \\(mean, across all concurrent requests\\)",
            "Transfer rate:          [0-9]+\\.[0-9]{2} \\[Kbytes/sec] received",
            " {24}[0-9]+\\.[0-9]{2} kb/s sent",
            " {24}[0-9]+\\.[0-9]{2} kb/s total",
            "",
            "Connection Times \\(ms\\)",
            " {14}min  mean\\[\\+/-sd] median   max",
            row("Connect:    "),
            row("Processing: "),
            row("Waiting:    "),
            row("Total:      "),
            "",
            "Percentage of the requests served within a certain time \\(ms\\)",
            "  50%  " + NUMBER,
            "  66%  " + NUMBER,
            "  75%  " + NUMBER,
            "  80%  " + NUMBER,
            "  90%  " + NUMBER,
            "  95%  " + NUMBER,
            "  98%  " + NUMBER,
            "  99%  " + NUMBER,
            " 100%  " + NUMBER + " \\(longest request\\)");
    String[] lines = render(ALL, eventful().build()).split("\n", -1);
    for (int i = 0; i < formats.size(); i++) {
      assertThat(lines[i]).as("line %d", i).matches(formats.get(i));
    }
    assertThat(lines[formats.size()]).isEmpty();
    assertThat(lines[formats.size() + 1]).isEqualTo("Beyond ab");
  }

  /** ab: {@code "%5d %4d %5.1f %6d %7d"}. */
  private static String row(String label) {
    return "(?=.{43}$)" + label + NUMBER + NUMBER + DECIMAL + NUMBER + NUMBER;
  }

  @Test
  void variableLengthsAreNamedSo() {
    Results results =
        Results.of(Results.config("http://h/").variableLength(true)).completed(1, 200, 1, 1, 3);
    assertThat(render(ALL, results.build())).contains("\nDocument Length:        Variable\n");
  }

  @Test
  void withoutKeepAliveThereIsNoRowForIt() {
    Results results = Results.of(Results.config("http://h/")).completed(1, 200, 1, 1, 3);
    assertThat(render(ALL, results.build())).doesNotContain("Keep-Alive requests:");
  }

  @Test
  void onlyTheFirstWordOfTheServerIsSoftware() {
    Results results = Results.of(Results.config("http://h/")).completed(1, 200, 1, 1, 3);
    assertThat(render(ALL, results.server(new ServerInfo("", null)).build()))
        .contains("\nServer Software:        \n");
    assertThat(render(ALL, results.server(new ServerInfo("a/1\tb", null)).build()))
        .contains("\nServer Software:        a/1\n");
  }

  @ParameterizedTest
  @CsvSource({"http://h/,80", "https://h/,443", "http://h:8080/,8080", "http://[::1]:1/,1"})
  void theSchemeKnowsThePort(String uri, int port) {
    Results results = Results.of(Results.config(uri)).completed(1, 200, 1, 1, 3);
    assertThat(render(ALL, results.build())).contains("\nServer Port:            " + port + "\n");
  }

  @Test
  void halfAMillisecondIsRoundedUp() {
    Results results =
        Results.of(Results.config("http://h/"))
            .completed(1, 200, 0.4, 0.45, 1.4)
            .completed(1, 200, 0.7, 1.55, 2.6);
    assertThat(render(new AbReport.Options(false, false), results.build()))
        .contains("Connect:        0     1    1\n", "Total:          1     2    3\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIME_LIMIT | time limit",
        "CANCELLED | interrupted",
        "GAVE_UP | nothing but failures from the start",
        "RECEIVE_ERROR | a response could not be received (-r goes on)"
      })
  void anEarlyEndIsMarked(EndReason reason, String why) {
    Results results =
        Results.of(Results.config("http://h/").concurrency(3))
            .completed(7, 200, 0, 1, 2)
            .endedBy(reason, 93);
    assertThat(joined(render(ALL, results.build())))
        .endsWith(
            "\nEnded early:            "
                + why
                + "; 7 of 100 requests ended, 3 under way were cut off\n"
                + "Under way at the end:   3, the oldest for 1.234 seconds; not in the"
                + " percentiles\n");
  }

  /** Then it is no early end. */
  @Test
  void aRunWithoutANumberOfRequestsEndsAtItsTimeLimit() {
    Results results = unlimited().endedBy(EndReason.TIME_LIMIT, 3);
    assertThat(render(ALL, results.build()))
        .doesNotContain("Ended early")
        .contains("\nUnder way at the end:   3, ");
    assertThat(render(ALL, unlimited().endedBy(EndReason.CANCELLED, 3).build()))
        .contains(
            "\nEnded early:            interrupted; 7 requests ended, 3 under way were cut off\n");
  }

  private static Results unlimited() {
    return Results.of(Results.config("http://h/").concurrency(3).timeLimit(Duration.ofSeconds(2)))
        .unlimited()
        .completed(7, 200, 0, 1, 2);
  }

  @Test
  void statusesAreListedAndTheRareOnesOfManyCounted() {
    Results results =
        Results.of(Results.config("http://h/"))
            .completed(2990, 200, 0, 1, 2)
            .completed(10, 503, 0, 1, 2);
    assertThat(joined(render(ALL, results.build())))
        .contains("\nStatuses:               200: 2990, 503: 10\n");
    for (int status = 401; status <= 408; status++) {
      results.completed(status == 404 ? 1 : 2, status, 0, 1, 2);
    }
    assertThat(joined(render(ALL, results.build())))
        .contains(
            "\nStatuses:               200: 2990, 401: 2, 402: 2, 403: 2, 405: 2, 503: 10,"
                + " and 4 others\n");
  }

  @Test
  void timesOfFewRequestsAreSaidToBeThose() {
    Results results =
        Results.of(Results.config("http://h/")).completed(8, 200, 0, 1, 2).ofOtherLength(2992);
    assertThat(joined(render(ALL, results.build())))
        .contains("\nTimes are those of:     8 of 3000 requests; the others failed\n");
  }

  @ParameterizedTest
  @CsvSource({"9, false", "10, true"})
  void whatTimesAreThoseOfIsSaidIfManyFailed(int failures, boolean isSaid) {
    Results results =
        Results.of(Results.config("http://h/"))
            .completed(1000 - failures, 200, 0, 1, 2)
            .failed(failures, ErrorKind.TIMEOUT, new SocketTimeoutException("late"), 80, 90);
    assertThat(render(ALL, results.build()))
        .matches(text -> text.contains("\nTimes are those of:") == isSaid);
  }

  @Test
  void anErrorIsNamed() {
    Results results =
        Results.of(Results.config("http://h/"))
            .completed(7, 200, 0, 1, 2)
            .endedByError(new OutOfMemoryError("Java heap space"));
    assertThat(joined(render(ALL, results.build())))
        .endsWith(
            "\nEnded early:            java.lang.OutOfMemoryError: Java heap space; 7 of 7 requests"
                + " ended, 0 under way were cut off\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connectionsOfEachAddressAreShownIfTheyWereSpread(boolean spread) throws IOException {
    InetAddress one = InetAddress.ofLiteral("192.0.2.1");
    InetAddress other = InetAddress.ofLiteral("2001:db8::1");
    Results results =
        Results.of(
                Results.config("http://h/")
                    .transport(new Transport(0, null, spread, null, TlsOptions.LENIENT)))
            .completed(7, 200, 0, 1, 2)
            .addresses(
                List.of(
                    new AddressCount(new InetSocketAddress(one, 80), 4),
                    new AddressCount(new InetSocketAddress(other, 80), 3)));
    String rows =
        "\nAddress:                192.0.2.1, 4 connections"
            + "\nAddress:                2001:db8:0:0:0:0:0:1, 3 connections\n";
    assertThat(render(ALL, results.build()).contains(rows)).isEqualTo(spread);
  }

  /** The report with the rows joined that are broken. */
  private static String joined(String report) {
    return report.replaceAll("\n {24}(?=\\S)", " ");
  }

  @ParameterizedTest
  @CsvSource({
    "for one, 'for example: for one'",
    "a reason that is longer than a row, 'for example: a reason that is longer than a row'"
  })
  void aReasonBeginsItsRowWhereItDoesNotFit(String reason, String row) {
    Results results =
        Results.of(Results.config("http://h/"))
            .failed(1, ErrorKind.RECEIVE, new IOException(reason), 1, 1);
    assertThat(render(ALL, results.build()).lines())
        .filteredOn(line -> line.contains("for example"))
        .singleElement()
        .asString()
        .endsWith(row);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 55, 56, 58})
  void noRowIsWiderThan80ColumnsUnlessAWordIs(int length) {
    String word = "w".repeat(length);
    String reason = "the server said " + word + " and " + word + ", " + word;
    Results results =
        eventful().failed(1, ErrorKind.RECEIVE, new IOException(reason), 1_000_000, 9_000_000);
    String report = render(ALL, results.build());
    assertThat(report.lines())
        .allMatch(line -> line.length() <= 80 || (length > 55 && line.matches(" {24}\\S+")));
    assertThat(joined(report)).contains("for example: " + reason + "\n");
  }

  @Test
  void aFullRunIsNotMarked() {
    assertThat(render(ALL, clean().build())).doesNotContain("Ended early");
  }

  @Test
  void runTooShortToJudgeNamesNoBottleneck() {
    Results results = clean().in(Duration.ofMillis(11), Duration.ofMillis(22));
    assertThat(render(ALL, results.build()))
        .contains("\nCPU of this process:")
        .doesNotContain("Bottleneck:");
  }

  @ParameterizedTest
  @CsvSource({"4200, false", "4300, true"})
  void aBusyClientIsNamedAsTheBottleneck(long cpuMillis, boolean isNamed) {
    Results results = clean().in(Duration.ofMillis(2500), Duration.ofMillis(cpuMillis));
    assertThat(render(ALL, results.build()).contains("\nBottleneck:             this process;"))
        .isEqualTo(isNamed);
  }

  @Test
  void aMeanFarFromTheMedianIsDoubted() {
    Results skewed =
        Results.of(Results.config("http://h/").keepAlive(true))
            .completed(95, 200, 0, 1, 2)
            .completed(5, 200, 0, 300, 400);
    assertThat(render(ALL, skewed.build()))
        .contains(
            "WARNING: The median and mean for the total time are not within a normal deviation\n",
            "        These results are probably not that reliable.\n")
        .doesNotContain("the initial connection time are");
    assertThat(render(new AbReport.Options(true, false), skewed.build())).doesNotContain("WARNING");
  }

  /** ab would: rounding to milliseconds moves them apart, and there is no deviation. */
  @Test
  void aMeanNearTheMedianIsNotDoubted() {
    Results even =
        Results.of(Results.config("http://h/"))
            .completed(60, 200, 0, 0.1, 0.4)
            .completed(40, 200, 0, 0.2, 0.9);
    assertThat(render(ALL, even.build())).doesNotContain("WARNING:", "ERROR:");
  }

  @Test
  void fewRequestsAreNotDoubted() {
    Results few =
        Results.of(Results.config("http://h/"))
            .completed(9, 200, 0, 1, 2)
            .completed(1, 200, 0, 1, 400);
    assertThat(render(ALL, few.build())).doesNotContain("WARNING:", "ERROR:");
  }

  @Test
  void sloppyResponsesAreCountedByKind() {
    Results sloppy =
        clean().sloppy(Map.of(Sloppiness.FOLDED_LINE, 1L, Sloppiness.EQUAL_LENGTHS, 100L));
    assertThat(joined(render(ALL, sloppy.build())))
        .contains(
            "\nSloppy responses:       1 with a folded line (RFC 9112, 5.2); "
                + "100 with equal Content-Lengths (RFC 9110, 8.6)\n");
    assertThat(render(ALL, clean().build())).doesNotContain("Sloppy");
  }

  /** One kind of connection and answer after another, so that every figure is easy to check. */
  private static Results clean() {
    return Results.of(
            Results.config("http://localhost:8080/10k.dat").concurrency(10).keepAlive(true))
        .completed(10, 200, 2.2, 16.2, 22.2)
        .completed(90, 200, 0, 8.2, 10.2);
  }

  private static Results eventful() {
    return Results.of(
            Results.config("https://example.org/upload?a=b")
                .method("POST")
                .body(new byte[50], "text/plain")
                .concurrency(10)
                .keepAlive(true))
        .completed(10, 200, 2.2, 16.2, 22.2)
        .completed(60, 200, 0, 8.2, 10.2)
        .completed(30, 503, 0, 8.2, 10.2)
        .failed(1, ErrorKind.CONNECT, new ConnectException("Connection refused"), 1, 1)
        .failed(2, ErrorKind.TLS, new IOException("handshake_failure"), 10, 20)
        .failed(3, ErrorKind.SEND, new SocketException("Broken pipe"), 30, 40)
        .failed(4, ErrorKind.RECEIVE, new SocketException("Connection reset"), 50, 1050)
        .failed(5, ErrorKind.LENGTH, new IOException("body of 1 bytes"), 60, 70)
        .failed(6, ErrorKind.TIMEOUT, new SocketTimeoutException("late"), 80, 90)
        .failed(7, ErrorKind.OTHER, new IllegalStateException(), 100, 110)
        .endedBy(EndReason.TIME_LIMIT, 872)
        .server(
            new ServerInfo(
                "nginx",
                new ServerInfo.TlsInfo(
                    "TLSv1.3", "TLS_AES_256_GCM_SHA384", 2048, "X25519 253 bits", "www.example")))
        .in(Duration.ofMillis(2500), Duration.ofMillis(4500));
  }

  private static String render(AbReport.Options options, BenchmarkResult result) {
    return new AbReport(options).render(result);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(AbReportTest.class.getResourceAsStream(name + ".golden"), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}

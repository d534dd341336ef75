package io.gb.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.LeftBehind;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.fixture.SelfSigned;
import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.http.EngineKind;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.load.EndReason;
import io.gb.harness.stats.ErrorSummary;
import io.gb.harness.stats.Progress;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import io.gb.server.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run counts, from the first request to the result. */
@EveryEngine
@NoThreadLeaks
class BenchmarkTest {

  private static final int TEN_K = 10_240;

  private final EngineKind kind;

  BenchmarkTest(EngineKind kind) {
    this.kind = kind;
  }

  @ParameterizedTest(name = "{0} requests on {1} connections")
  @CsvSource({"1, 1", "9, 1", "9, 9", "10, 3", "101, 100", "20000, 10"})
  void exactlyTheRequestsAreSentOnExactlyTheConnections(int requests, int connections)
      throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      Benchmark benchmark =
          new Benchmark(
              to(server.uri("/10k.dat"))
                  .requests(requests)
                  .concurrency(connections)
                  .keepAlive(true)
                  .build());
      BenchmarkResult result = benchmark.run();
      assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
      assertThat(result.issued()).isEqualTo(requests);
      assertThat(result.completed()).isEqualTo(requests);
      assertThat(result.failed()).isZero();
      assertThat(result.unsent()).isZero();
      assertThat(result.recalled()).isZero();
      assertThat(result.documentLength()).isEqualTo(TEN_K);
      assertThat(result.summary().bodyBytes()).isEqualTo((long) TEN_K * requests);
      assertThat(result.summary().keptAlive()).isEqualTo(requests);
      assertThat(result.summary().nonSuccess()).isZero();
      assertThat(result.summary().newConnect().count()).isEqualTo(connections);
      assertThat(result.latencies().count()).isEqualTo(requests);
      assertThat(result.connections())
          .returns((long) connections, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      assertThat(result.elapsed()).isPositive();
      assertThat(result.requestsPerSecond()).isPositive();
      assertThat(result.server()).map(ServerInfo::software).hasValue("gb-embedded/0.1");
      assertThat(benchmark.progress()).isEqualTo(new Progress(requests, 0, 0));
      assertThat(server.requestsReceived()).isEqualTo(requests);
      assertThat(server.connectionsAccepted()).isEqualTo(connections);
    }
  }

  @Test
  void withoutKeepAliveEachRequestHasAConnectionOfItsOwn() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      BenchmarkResult result =
          Benchmark.run(to(server.uri("/10k.dat")).requests(101).concurrency(7).build());
      assertThat(result.completed()).isEqualTo(101);
      assertThat(result.summary().keptAlive()).isZero();
      assertThat(result.connections())
          .returns(101L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      assertThat(server.connectionsAccepted()).isEqualTo(101);
    }
  }

  @Test
  void requestIsTheOneDescribed() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      BenchmarkResult result =
          Benchmark.run(
              to(server.uri("/a?b=c"))
                  .method("PATCH")
                  .header("X-One", "1")
                  .body(new byte[] {'a', 'b'}, "text/x")
                  .requests(3)
                  .keepAlive(true)
                  .build());
      assertThat(result.completed()).isEqualTo(3);
      assertThat(server.requests())
          .hasSize(3)
          .allSatisfy(request -> {
            assertThat(request.requestLine()).isEqualTo("PATCH /a?b=c HTTP/1.1");
            assertThat(request.headers())
                .containsExactlyInAnyOrder(
                    "Connection: Keep-Alive",
                    "Content-Length: 2",
                    "Content-Type: text/x",
                    "X-One: 1",
                    "Host: 127.0.0.1:" + server.port(),
                    "User-Agent: gb",
                    "Accept: */*");
            assertThat(request.body()).containsExactly('a', 'b');
          });
    }
  }

  @Test
  void bodyOfAnotherLengthThanTheFirstIsAFailure() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(BenchmarkTest::everyThirdLonger)) {
      BenchmarkResult result =
          Benchmark.run(to(server.uri("/")).requests(9).keepAlive(true).build());
      assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
      assertThat(result.documentLength()).isEqualTo(5);
      assertThat(result.completed()).isEqualTo(6);
      assertThat(result.failed()).isEqualTo(3);
      assertThat(result.latencies().count()).isEqualTo(6);
      assertThat(result.summary().failedTotal().count()).isEqualTo(3);
      Map<ErrorKind, ErrorSummary> errors = result.summary().errors();
      assertThat(errors).containsOnlyKeys(ErrorKind.LENGTH);
      assertThat(errors.get(ErrorKind.LENGTH))
          .isNotNull()
          .satisfies(error -> {
            assertThat(error.count()).isEqualTo(3);
            assertThat(error.firstNanos()).isBetween(0L, error.lastNanos());
            assertThat(error.lastNanos()).isLessThanOrEqualTo(result.elapsed().toNanos());
            assertThat(error.cause())
                .hasMessage("body of 11 bytes, but the first 2xx response had 5")
                .hasNoSuppressedExceptions();
          });
    }
  }

  @Test
  void bodiesMayDifferInLengthIfToldSo() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(BenchmarkTest::everyThirdLonger)) {
      BenchmarkResult result =
          Benchmark.run(
              to(server.uri("/")).requests(9).keepAlive(true).variableLength(true).build());
      assertThat(result.documentLength()).isEqualTo(5);
      assertThat(result.completed()).isEqualTo(9);
      assertThat(result.summary().errors()).isEmpty();
      assertThat(result.summary().bodyBytes()).isEqualTo(6 * 5 + 3 * 11);
    }
  }

  private static Answer everyThirdLonger(int connection, int request) {
    return Answer.ok(request % 3 == 2 ? "hello again" : "hello");
  }

  @Test
  void countsOfConnectionsAndStatusesHoldWhereLengthsVary() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(BenchmarkTest::everyThirdLonger)) {
      BenchmarkResult result =
          Benchmark.run(to(server.uri("/")).requests(9).keepAlive(true).build());
      assertThat(result.connections().opened()).isEqualTo(1);
      assertThat(result.connections().sentOnReused()).isEqualTo(8);
      assertThat(result.statuses()).isEqualTo(Map.of(200, 9L));
      assertThat(result.summary().wrongLength()).isEqualTo(3);
    }
  }

  @Test
  void errorPageDoesNotTellTheLengthOfTheDocument() throws IOException {
    Answer page = Answer.response("HTTP/1.1 503 Busy", List.of("Content-Length: 4"), "busy");
    try (ScriptedServer server =
        ScriptedServer.start(
            (connection, request) -> request % 3 == 0 ? page : Answer.ok("hello"))) {
      BenchmarkResult result =
          Benchmark.run(to(server.uri("/")).requests(9).keepAlive(true).build());
      assertThat(result.completed()).isEqualTo(9);
      assertThat(result.documentLength()).isEqualTo(5);
      assertThat(result.statuses()).isEqualTo(Map.of(200, 6L, 503, 3L));
    }
  }

  @Test
  void responseOfAnyStatusIsComplete() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      BenchmarkResult result =
          Benchmark.run(to(server.uri("/status/404")).requests(20).concurrency(2).build());
      assertThat(result.completed()).isEqualTo(20);
      assertThat(result.failed()).isZero();
      assertThat(result.summary().nonSuccess()).isEqualTo(20);
      assertThat(result.statuses()).isEqualTo(Map.of(404, 20L));
    }
  }

  @Test
  void allFailuresAreCountedByTheirKinds() throws IOException {
    List<Answer> answers =
        List.of(
            Answer.ok("hello").thenClose(),
            Answer.nothing().thenClose(),
            Answer.of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe").thenClose(),
            Answer.of("nonsense\r\n\r\n\r\n").thenClose());
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) -> answers.get(connection % 4))) {
      BenchmarkResult result = Benchmark.run(to(server.uri("/")).requests(40).build());
      assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
      assertThat(result.completed()).isEqualTo(10);
      assertThat(result.failed()).isEqualTo(30);
      assertThat(result.summary().errors().entrySet())
          .extracting(entry -> entry.getKey() + " " + entry.getValue().count())
          .containsExactly("NO_RESPONSE 10", "RECEIVE 10", "LENGTH 10");
      assertThat(server.requests()).hasSize(40);
    }
  }

  @Test
  void withoutAnyResponseThereIsNoDocumentLength() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Answer.nothing().thenClose())) {
      BenchmarkResult result = Benchmark.run(to(server.uri("/")).requests(3).build());
      assertThat(result.documentLength()).isEqualTo(-1);
      assertThat(result.failed()).isEqualTo(3);
      assertThat(result.server()).isEmpty();
      assertThat(result.latencies().maxNanos()).isZero();
    }
  }

  @Test
  void connectionsClosedByTheServerAreAllCounted() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            request == 9 ? Answer.ok("hello").thenClose() : Answer.ok("hello"))) {
      BenchmarkResult result =
          Benchmark.run(to(server.uri("/")).requests(100).keepAlive(true).build());
      ConnectionCounts counts = result.connections();
      assertThat(result.completed() + result.failed()).isEqualTo(100);
      assertThat(result.summary().failures(ErrorKind.NO_RESPONSE)).isEqualTo(result.failed());
      assertThat(counts.opened() - counts.closedByServer() - result.failed()).isBetween(0L, 1L);
      assertThat(counts.requestsSent()).isEqualTo(100);
    }
  }

  @Test
  void tlsIsOneLetterMore() throws IOException, GeneralSecurityException {
    assumeTrue(kind.speaksTls(), "speaks no TLS");
    try (ScriptedServer server =
        ScriptedServer.startTls(
            SelfSigned.context(), (connection, request) -> Answer.ok("hello"))) {
      BenchmarkResult result =
          Benchmark.run(to(server.uri("/")).requests(50).concurrency(5).keepAlive(true).build());
      assertThat(result.completed()).isEqualTo(50);
      assertThat(result.server().map(ServerInfo::tls)).isPresent();
    }
  }

  @Test
  void firstRequestGoesAlone() throws IOException {
    String head = Answer.head("HTTP/1.1 204 No Content", List.of());
    Answer slow = Answer.nothing().thenPause(Duration.ofMillis(200)).then(head);
    AtomicInteger connectionsAtFirst = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.start(
            (connection, request) -> connection == 0 && request == 0 ? slow : Answer.of(head))) {
      BenchmarkResult result =
          Benchmark.run(
              to(server.uri("/"))
                  .requests(10)
                  .concurrency(5)
                  .keepAlive(true)
                  .listener((job, status, text) ->
                      connectionsAtFirst.compareAndSet(0, server.connectionsAccepted()))
                  .build());
      assertThat(result.completed()).isEqualTo(10);
      assertThat(connectionsAtFirst).hasValue(1);
      assertThat(server.connectionsAccepted()).isEqualTo(5);
    }
  }

  @Test
  void ipv6LiteralIsConnectedTo() throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 here");
    try (EmbeddedServer server =
        EmbeddedServer.start(ServerConfig.loopback().withAddress(loopback))) {
      URI uri = URI.create("http://[::1]:" + server.port() + "/10k.dat");
      assertThat(Benchmark.run(to(uri).requests(3).build()).completed()).isEqualTo(3);
    }
  }

  @Test
  void twoRunsAtOnceDoNotMeet() throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      Benchmark one =
          new Benchmark(to(server.uri("/bytes/1")).requests(300).keepAlive(true).build());
      Benchmark two =
          new Benchmark(to(server.uri("/bytes/2")).requests(500).keepAlive(true).build());
      RunInBackground first = RunInBackground.start(one);
      BenchmarkResult second = two.run();
      assertThat(first.result().completed()).isEqualTo(300);
      assertThat(first.result().documentLength()).isEqualTo(1);
      assertThat(second.completed()).isEqualTo(500);
      assertThat(second.documentLength()).isEqualTo(2);
    }
  }

  @Test
  void unknownHostIsAnError() throws IOException {
    LeftBehind left = LeftBehind.fromNow();
    BenchmarkConfig config = to(URI.create("http://no-such-host.invalid/")).build();
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> Benchmark.run(config))
        .withMessageContaining("no-such-host.invalid");
    assertThat(left.names()).isEmpty();
  }

  @Test
  void runIsForOnce() throws IOException {
    LeftBehind left = LeftBehind.fromNow();
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      Benchmark benchmark = new Benchmark(to(server.uri("/")).build());
      assertThat(benchmark.run().completed()).isEqualTo(1);
      assertThatIllegalStateException()
          .isThrownBy(benchmark::run)
          .withMessage("a benchmark runs once");
      assertThat(server.requests()).hasSize(1);
      assertThat(benchmark.progress()).isEqualTo(new Progress(1, 0, 0));
    }
    assertThat(left.names()).isEmpty();
  }

  @Test
  void progressIsZeroBeforeTheRun() {
    Benchmark benchmark = new Benchmark(to(URI.create("http://localhost/")).build());
    assertThat(benchmark.progress()).isEqualTo(new Progress(0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void cpuUseIsThatOfTheRun(int requests) throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      BenchmarkResult result =
          Benchmark.run(to(server.uri("/10k.dat")).requests(requests).keepAlive(true).build());
      assertThat(result.cpu().processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
      assertThat(result.cpu().nanos()).isNotNegative();
      assertThat(Optional.of(result.cpu().share(result.elapsed().toNanos())))
          .hasValueSatisfying(share -> assertThat(share).isNotNegative());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10_000})
  void cpuUseCountsNoMoreProcessorsThanMayRunRequests(int threads) throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      BenchmarkResult result = Benchmark.run(to(server.uri("/10k.dat")).threads(threads).build());
      assertThat(result.cpu().processors())
          .isEqualTo(Math.min(threads, Runtime.getRuntime().availableProcessors()));
    }
  }

  private BenchmarkConfig.Builder to(URI uri) {
    return BenchmarkConfig.builder(uri).engine(kind);
  }
}

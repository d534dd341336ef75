package io.gb.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.Eventually;
import io.gb.harness.fixture.LeftBehind;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.fixture.SelfSigned;
import io.gb.harness.http.EngineKind;
import io.gb.harness.http.TlsOptions;
import io.gb.harness.http.Transport;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.load.EndReason;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole runs against servers at their worst. Whatever happens, the counts add up, deadlines end the
 * run, and nothing of it is left.
 */
@EveryEngine
@NoThreadLeaks
class FaultsTest {

  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final Answer ENDLESS_BODY =
      Answer.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
          .thenDripForEver("1000\r\n" + "x".repeat(0x1000) + "\r\n", Duration.ZERO);
  private static final Answer HEAD_OF_TEN_MEGABYTES =
      Answer.of("HTTP/1.1 200 OK\r\n" + ("X-Filler: " + "x".repeat(1000) + "\r\n").repeat(10_000))
          .thenHang();

  private final EngineKind kind;
  private LeftBehind left;

  FaultsTest(EngineKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void look() throws IOException {
    left = LeftBehind.fromNow();
  }

  @AfterEach
  void nothingIsLeft() throws IOException, InterruptedException {
    assertThat(left.names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "9, 9",
    "9, 2",
    "10, 10",
    "101, 1",
    "101, 101",
    "10000, 1",
    "10000, 2",
    "20000, 100"
  })
  void exactlyTheRequestsAreSent(int requests, int connections)
      throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      BenchmarkResult result =
          Benchmark.run(
              BenchmarkConfig.builder(server.uri("/bytes/1"))
                  .engine(kind)
                  .requests(requests)
                  .concurrency(connections)
                  .keepAlive(true)
                  .build());
      assertThat(result.completed()).isEqualTo(requests);
      assertThat(result.failed()).isZero();
      assertThat(server.requestsReceived()).isEqualTo(requests);
      assertThat(result.connections().opened()).isEqualTo(connections);
      Eventually.holds(() -> server.connectionsOpen() == 0);
    }
  }

  @Test
  void halfOfTheConnectionsDie() throws IOException, InterruptedException {
    Answer five = Answer.ok("hello");
    Answer death = Answer.of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe").thenReset();
    try (ScriptedServer server =
        ScriptedServer.start(
            (connection, request) -> connection % 2 == 1 && request == 3 ? death : five)) {
      BenchmarkResult result =
          Benchmark.run(to(server).requests(400).concurrency(10).keepAlive(true).build());
      assertThat(result.completed() + result.failed()).isEqualTo(400);
      assertThat(result.failed()).isPositive();
      assertThat(result.summary().failures(ErrorKind.RECEIVE)).isEqualTo(result.failed());
      assertThat(result.latencies().count()).isEqualTo(result.completed());
      assertThat(result.summary().failedTotal().count()).isEqualTo(result.failed());
      server.awaitNoneOpen();
    }
  }

  @Test
  void bodyWithoutEndIsCut() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(ENDLESS_BODY)) {
      BenchmarkResult result = runBriefly(to(server).requests(4).concurrency(2));
      assertThat(result.summary().failures(ErrorKind.TIMEOUT)).isEqualTo(4);
      server.awaitNoneOpen();
    }
  }

  @Test
  void headOfTenMegabytesIsRefused() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(HEAD_OF_TEN_MEGABYTES)) {
      BenchmarkResult result = runBriefly(to(server).requests(4).concurrency(2));
      assertThat(result.summary().failures(ErrorKind.RECEIVE)).isEqualTo(4);
      assertThat(result.summary().bytesReceived()).isLessThan(4 * 4_000_000);
      server.awaitNoneOpen();
    }
  }

  @Test
  void fullBacklogIsWaitedForUntilTheDeadline() throws IOException {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      fill(deaf, waiting);
      BenchmarkResult result = runBriefly(to(deaf.getLocalPort()).requests(2).concurrency(2));
      assertThat(result.completed()).isZero();
      assertThat(result.summary().failures(ErrorKind.TIMEOUT)).isEqualTo(2);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  private static void fill(ServerSocket deaf, List<Socket> waiting) throws IOException {
    while (true) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), deaf.getLocalPort()), 200);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
  }

  @Test
  void expiredCertificateMattersOnlyIfVerified()
      throws IOException, GeneralSecurityException, InterruptedException {
    assumeTrue(kind.speaksTls(), "speaks no TLS");
    try (ScriptedServer server =
        ScriptedServer.startTls(
            SelfSigned.expiredContext(), (connection, request) -> Answer.ok("hello"))) {
      assertThat(Benchmark.run(to(server).requests(3).build()).completed()).isEqualTo(3);
      BenchmarkResult verified =
          Benchmark.run(
              to(server)
                  .requests(3)
                  .transport(
                      new Transport(
                          0,
                          null,
                          false,
                          null,
                          new TlsOptions(true, true, List.of(), List.of(), null)))
                  .build());
      assertThat(verified.summary().failures(ErrorKind.TLS)).isEqualTo(3);
      server.awaitNoneOpen();
    }
  }

  @Test
  void bigUploadArrivesWholeAgainAndAgain() throws IOException {
    byte[] body = new byte[20_000_000];
    try (EmbeddedServer server = EmbeddedServer.start()) {
      BenchmarkResult result =
          Benchmark.run(
              BenchmarkConfig.builder(server.uri("/echo"))
                  .engine(kind)
                  .method("POST")
                  .body(body, "application/octet-stream")
                  .requests(4)
                  .concurrency(2)
                  .keepAlive(true)
                  .build());
      assertThat(result.completed()).isEqualTo(4);
      assertThat(result.summary().bodyBytes()).isEqualTo(4L * body.length);
      assertThat(result.summary().bytesSent()).isGreaterThan(4L * body.length);
    }
  }

  @Test
  void millionRequestsToNobodyEndSoon() throws IOException {
    BenchmarkResult result =
        runBriefly(
            to(ScriptedServer.unusedPort()).requests(1_000_000).concurrency(100).keepAlive(true));
    assertThat(result.endReason()).isEqualTo(EndReason.GAVE_UP);
    assertThat(result.failed()).isEqualTo(10);
  }

  @Test
  void failuresWithoutEndTakeNoMemoryEach() throws IOException {
    BenchmarkResult result =
        Benchmark.run(
            to(ScriptedServer.unusedPort())
                .requests(20_000)
                .concurrency(20)
                .giveUpAfter(0)
                .build());
    assertThat(result.failed()).isEqualTo(20_000);
    assertThat(result.summary().errors()).containsOnlyKeys(ErrorKind.CONNECT);
  }

  /** Runs with a short deadline. */
  private static BenchmarkResult runBriefly(BenchmarkConfig.Builder config) throws IOException {
    BenchmarkResult result = Benchmark.run(config.timeout(DEADLINE).build());
    assertThat(result.issued()).isEqualTo(result.completed() + result.failed() + result.unsent());
    return result;
  }

  private BenchmarkConfig.Builder to(ScriptedServer server) {
    return BenchmarkConfig.builder(server.uri("/")).engine(kind);
  }

  private BenchmarkConfig.Builder to(int port) {
    return BenchmarkConfig.builder(URI.create("http://127.0.0.1:" + port + "/")).engine(kind);
  }
}

package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gb.harness.Engines;
import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to fail is of one kind, ends within the deadline, and is over with the next job. */
@EngineConformance
@NoThreadLeaks
class EngineFailuresTest {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String HEAD_OF_FIVE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
  private static final String HEAD_OF_CHUNKS =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static final String FIRST_BYTE = "before the first byte of the response";
  private static final String HEAD = "in the head of the response";
  private static final String BODY = "in the body of the response";

  private final EngineKind kind;

  EngineFailuresTest(EngineKind kind) {
    this.kind = kind;
  }

  /**
   * A way to fail.
   *
   * @param name what the server does
   * @param answer how
   * @param kind what it is called
   */
  record Case(String name, Answer answer, ErrorKind kind) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> quickFailures() {
    return Stream.of(
        new Case("closes at once", Answer.nothing().unasked().thenClose(), ErrorKind.NO_RESPONSE),
        new Case(
            "closes instead of an answer", Answer.nothing().thenClose(), ErrorKind.NO_RESPONSE),
        new Case(
            "resets instead of an answer", Answer.nothing().thenReset(), ErrorKind.NO_RESPONSE),
        new Case(
            "speaks another protocol",
            Answer.of("SSH-2.0-OpenSSH_9.9\r\n\r\n\r\n").thenClose(),
            ErrorKind.RECEIVE),
        new Case(
            "sends a status that is no number",
            Answer.of("HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n"),
            ErrorKind.RECEIVE),
        new Case(
            "sends a status of zeros",
            Answer.of("HTTP/1.1 000 No\r\nContent-Length: 0\r\n\r\n"),
            ErrorKind.RECEIVE),
        new Case(
            "sends a negative version",
            Answer.of("HTTP/1.-1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            ErrorKind.RECEIVE),
        new Case(
            "sends a status below 100",
            Answer.of("HTTP/1.1 42 OK\r\nContent-Length: 0\r\n\r\n"),
            ErrorKind.RECEIVE),
        new Case(
            "switches to a protocol that nobody asked for",
            Answer.of("HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"),
            ErrorKind.RECEIVE),
        new Case(
            "sends two lengths",
            Answer.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok?"),
            ErrorKind.RECEIVE),
        new Case(
            "sends an unknown transfer encoding",
            Answer.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: x\r\n\r\nok").thenClose(),
            ErrorKind.RECEIVE),
        new Case(
            "sends a header without a colon",
            Answer.of("HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 0\r\n\r\n"),
            ErrorKind.RECEIVE),
        new Case(
            "sends a length that is no number",
            Answer.of("HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello"),
            ErrorKind.RECEIVE),
        new Case(
            "sends a header line beyond all bounds",
            Answer.of("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(200_000) + "\r\n\r\n"),
            ErrorKind.RECEIVE),
        new Case(
            "sends a head of long lines without end",
            Answer.of("HTTP/1.1 200 OK\r\n" + ("X: " + "x".repeat(60_000) + "\r\n").repeat(50)),
            ErrorKind.RECEIVE),
        new Case(
            "sends long trailers without end",
            Answer.of(HEAD_OF_CHUNKS + "0\r\n" + ("X: " + "x".repeat(60_000) + "\r\n").repeat(50)),
            ErrorKind.RECEIVE),
        new Case(
            "sends header lines without end",
            Answer.of("HTTP/1.1 200 OK\r\n" + "X-Many: 1\r\n".repeat(5000) + "\r\n"),
            ErrorKind.RECEIVE),
        new Case(
            "closes in the head",
            Answer.of("HTTP/1.1 200 OK\r\nCont").thenClose(),
            ErrorKind.RECEIVE),
        new Case(
            "resets in the head",
            Answer.of("HTTP/1.1 200 OK\r\nCont").thenReset(),
            ErrorKind.RECEIVE),
        new Case(
            "closes after an interim response",
            Answer.of("HTTP/1.1 100 Continue\r\n\r\n").thenClose(),
            ErrorKind.RECEIVE),
        new Case(
            "resets in the body", Answer.of(HEAD_OF_FIVE + "he").thenReset(), ErrorKind.RECEIVE),
        new Case(
            "resets in the chunks",
            Answer.of(HEAD_OF_CHUNKS + "5\r\nhe").thenReset(),
            ErrorKind.RECEIVE),
        new Case(
            "sends a chunk of no length",
            Answer.of(HEAD_OF_CHUNKS + "xyz\r\nhello\r\n0\r\n\r\n"),
            ErrorKind.RECEIVE),
        new Case("sends no body", Answer.of(HEAD_OF_FIVE).thenClose(), ErrorKind.LENGTH),
        new Case(
            "sends less than announced",
            Answer.of(HEAD_OF_FIVE + "hell").thenClose(),
            ErrorKind.LENGTH),
        new Case(
            "cuts a chunk short",
            Answer.of(HEAD_OF_CHUNKS + "5\r\nhel").thenClose(),
            ErrorKind.LENGTH),
        new Case(
            "sends no last chunk",
            Answer.of(HEAD_OF_CHUNKS + "5\r\nhello\r\n").thenClose(),
            ErrorKind.LENGTH),
        new Case("sends no chunk at all", Answer.of(HEAD_OF_CHUNKS).thenClose(), ErrorKind.LENGTH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: %s\r\n\r\n",
        "Content-Length: %s\r\n\r\n",
        "%s\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n%s\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\r\n%s\r\n\r\n"
      })
  void longWordsOfTheServerMakeNoLongMessage(String response)
      throws IOException, InterruptedException {
    String head = "HTTP/1.1 200 OK\r\n" + response.formatted("z".repeat(65_000));
    try (ScriptedServer server = ScriptedServer.start(Answer.of(head).thenHang())) {
      Outcome.Failed failed =
          EngineRun.of(kind, server.port()).send(EngineRun.get("/"), 1).onlyFailed();
      assertThat(failed.kind()).isEqualTo(ErrorKind.RECEIVE);
      assertThat(failed.cause().getMessage()).hasSizeBetween(20, 160);
    }
  }

  static Stream<Case> endlessAnswers() {
    return timeouts().map(arguments -> (Case) arguments.get()[1]);
  }

  /** What the deadline interrupts, and how the server brings it about. */
  static Stream<Arguments> timeouts() {
    Duration drip = Duration.ofMillis(20);
    return Stream.of(
        silence(FIRST_BYTE, "accepts and is silent", Answer.nothing().unasked().thenHang()),
        silence(FIRST_BYTE, "reads and is silent", Answer.nothing().thenHang()),
        silence(HEAD, "is silent in the head", Answer.of("HTTP/1.1 200 OK\r\n").thenHang()),
        silence(BODY, "is silent in the body", Answer.of(HEAD_OF_FIVE + "he").thenHang()),
        silence(
            HEAD, "drips the head", Answer.of("HTTP/1.1 200 OK\r\nX: ").thenDripForEver("x", drip)),
        silence(
            HEAD,
            "drips interim responses",
            Answer.nothing().thenDripForEver("HTTP/1.1 100 Continue\r\n\r\n", drip)),
        silence(
            BODY, "drips a body", Answer.of("HTTP/1.1 200 OK\r\n\r\n").thenDripForEver("x", drip)),
        silence(
            BODY, "drips chunks", Answer.of(HEAD_OF_CHUNKS).thenDripForEver("1\r\nx\r\n", drip)),
        silence(
            BODY,
            "drips trailers",
            Answer.of(HEAD_OF_CHUNKS + "0\r\n").thenDripForEver("X-More: 1\r\n", drip)),
        silence(
            BODY,
            "floods",
            Answer.of("HTTP/1.1 200 OK\r\n\r\n").thenDripForEver("x".repeat(9999), Duration.ZERO)));
  }

  private static Arguments silence(String phase, String name, Answer answer) {
    return Arguments.of(phase, new Case(name, answer, ErrorKind.TIMEOUT));
  }

  @ParameterizedTest
  @MethodSource("quickFailures")
  void failureOnANewConnectionHasItsKind(Case failure) throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(failure.answer())) {
      EngineRun.Result result = run(server).withKeepAlive().send(EngineRun.get("/"), 1);
      assertThat(result.onlyFailed().kind()).as(describe(result)).isEqualTo(failure.kind());
      assertPlausible(result.onlyFailed());
      assertThat(result.connections())
          .returns(1L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      assertThat(server.connectionsAccepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("quickFailures")
  void nextJobAfterAFailureHasANewConnection(Case failure)
      throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            connection % 2 == 0 ? failure.answer() : Answer.ok("hello").thenClose())) {
      EngineRun.Result result = run(server).send(EngineRun.get("/"), 4);
      assertThat(result.outcomes()).hasSize(4);
      for (int i = 0; i < 4; i++) {
        assertThat(result.outcomes().get(i))
            .isInstanceOf(i % 2 == 0 ? Outcome.Failed.class : Outcome.Completed.class);
      }
      assertThat(server.connectionsAccepted()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @MethodSource("timeouts")
  void deadlineEndsWhateverTheServerDoes(String phase, Case endless)
      throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(endless.answer())) {
      EngineRun.Result result = run(server).timeout(SHORT).send(EngineRun.get("/"), 1);
      Outcome.Failed failed = result.onlyFailed();
      assertThat(failed.kind()).as(describe(result)).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(failed.totalNanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
      assertThat(failed.cause())
          .hasMessage("no complete response within 200 ms; the time ran out " + phase);
      // On a busy machine, the deadline may pass before the connection is open.
      assertThat(failed.connectNanos()).isBetween(0L, failed.totalNanos());
      server.awaitNoneOpen();
    }
  }

  /** Each case once on a connection of its own, and once on a kept one. */
  @ParameterizedTest
  @MethodSource("quickFailures")
  void requestsThatAreReportedAsSentAreThoseThatTheServerHasRead(Case failure)
      throws IOException, InterruptedException {
    assumeFalse(failure.name().equals("closes at once"), "reads no request");
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            connection % 2 == 0 || request == 1 ? failure.answer() : Answer.ok("hello"))) {
      EngineRun.Result result =
          run(server).connections(2).withKeepAlive().send(EngineRun.get("/"), 30);
      assertThat(result.outcomes()).hasSize(30);
      assertThat(server.requests()).hasSize((int) result.connections().requestsSent());
      assertThat(result.connections().requestsSent()).isEqualTo(30);
    }
  }

  @Test
  void deadlineEndsAnUploadThatNobodyReads() throws IOException, InterruptedException {
    try (ServerSocket deaf = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"))) {
      Outcome.Failed failed =
          EngineRun.of(kind, deaf.getLocalPort())
              .timeout(SHORT)
              .send(EngineRun.post("/", new byte[20_000_000]), 1)
              .onlyFailed();
      assertThat(failed.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(failed.cause()).hasMessageEndingWith("while the request was sent");
      assertThat(failed.totalNanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
    }
  }

  @Test
  void deadlineOfAReusedConnectionBeginsWithItsJob() throws IOException, InterruptedException {
    Duration pause = Duration.ofMillis(100);
    Duration timeout = Duration.ofMillis(700);
    Answer slow = Answer.nothing().thenPause(pause).then(Answer.head("HTTP/1.1 204 No", List.of()));
    try (ScriptedServer server = ScriptedServer.start(slow)) {
      EngineRun.Result result =
          run(server).withKeepAlive().timeout(timeout).send(EngineRun.get("/"), 8);
      assertThat(result.completed()).hasSize(8);
      assertThat(server.connectionsAccepted()).isEqualTo(1);
    }
  }

  @Test
  void nextJobAfterATimeoutHasANewConnection() throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            connection == 0 && request == 1 ? Answer.nothing().thenHang() : Answer.ok("hello"))) {
      EngineRun.Result result =
          run(server).withKeepAlive().timeout(Duration.ofSeconds(1)).send(EngineRun.get("/"), 4);
      assertThat(result.outcomes())
          .extracting(
              outcome -> outcome instanceof Outcome.Failed failed ? failed.kind().name() : "ok")
          .containsExactly("ok", "TIMEOUT", "ok", "ok");
      assertThat(result.connections())
          .returns(2L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
    }
  }

  @Test
  void nothingOfAFailedRequestReachesTheNextConnection() throws IOException, InterruptedException {
    Answer refusing = Answer.nothing().unasked().thenAwaitByte().thenReset();
    try (ScriptedServer server =
        ScriptedServer.start(
            (connection, request) -> connection == 0 ? refusing : Answer.ok("hello"))) {
      byte[] body = new byte[1_000_000];
      EngineRun.Result result =
          run(server).withKeepAlive().send(EngineRun.post("/upload", body), 2);
      assertThat(result.outcomes())
          .hasExactlyElementsOfTypes(Outcome.Failed.class, Outcome.Completed.class);
      assertThat(server.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.requestLine()).isEqualTo("POST /upload HTTP/1.1");
            assertThat(request.body()).isEqualTo(body);
          });
    }
  }

  @Test
  void nothingBehindAResponseReachesTheNextConnection() throws IOException, InterruptedException {
    Answer tooMuch =
        Answer.response(
            "HTTP/1.1 200 OK", List.of("Connection: close", "Content-Length: 2"), "ok and more");
    try (ScriptedServer server = ScriptedServer.start(tooMuch.thenClose())) {
      EngineRun.Result result = run(server).withKeepAlive().send(EngineRun.get("/"), 5);
      assertThat(result.completed()).hasSize(5).allMatch(completed -> completed.bodyBytes() == 2);
    }
  }

  @Test
  void portThatNobodyListensOnIsAFailureToConnect() throws IOException, InterruptedException {
    EngineRun.Result result =
        EngineRun.of(kind, ScriptedServer.unusedPort()).connections(2).send(EngineRun.get("/"), 20);
    assertThat(result.outcomes())
        .hasSize(20)
        .allSatisfy(outcome -> {
          assertThat(outcome).isInstanceOf(Outcome.Failed.class);
          assertThat(((Outcome.Failed) outcome).kind()).isEqualTo(ErrorKind.CONNECT);
          assertThat(outcome.bytesReceived()).isZero();
          assertThat(outcome.bytesSent()).isZero();
          assertThat(outcome.connectNanos()).isZero();
        });
    assertThat(result.connections())
        .returns(0L, ConnectionCounts::opened)
        .returns(0L, ConnectionCounts::closedByServer);
    assertThat(result.server()).isEmpty();
  }

  @Test
  void uploadThatTheServerResetsIsAFailureToSend() throws IOException, InterruptedException {
    Answer refusing = Answer.nothing().unasked().thenAwaitByte().thenReset();
    try (ScriptedServer server = ScriptedServer.start(refusing)) {
      Job upload = EngineRun.post("/", new byte[20_000_000]);
      assertThat(run(server).send(upload, 1).onlyFailed().kind()).isEqualTo(ErrorKind.SEND);
    }
  }

  @Test
  void serverThatDiesBetweenTwoJobsIsAFailureToConnect() throws IOException, InterruptedException {
    ScriptedServer server = ScriptedServer.start(Answer.ok("hello"));
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 1);
    LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    try (Engine engine = run(server).withKeepAlive().open()) {
      CompletableFuture<EngineEnd> end = engine.start(jobs, connection -> outcomes::add);
      assertThat(outcomes.take()).isInstanceOf(Outcome.Completed.class);
      server.close();
      LockSupport.parkNanos(50_000_000); // the connection is idle by then, and known to be closed
      jobs.put(EngineRun.get("/"));
      assertThat(outcomes.take())
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.CONNECT));
      jobs.close();
      assertThat(EngineRun.await(end).connections())
          .returns(1L, ConnectionCounts::opened)
          .returns(1L, ConnectionCounts::closedByServer);
    }
  }

  static Stream<Arguments> foreignProtocols() {
    String http2 = "the server speaks HTTP/2; gb speaks HTTP/1.1";
    String tls = "the server speaks TLS on this port: the URL needs https";
    String settings = "\0\0\6\4\0\0\0\0\0\0\3\0\0\0d";
    return Stream.of(
        Arguments.of("SETTINGS", Answer.of(settings).unasked().thenHang(), http2),
        Arguments.of("SETTINGS and the end", Answer.of(settings).thenClose(), http2),
        Arguments.of("GOAWAY", Answer.of("\0\0\10\7\0\0\0\0\0\0\0\0\0\0\0\0\1").thenClose(), http2),
        Arguments.of("alert", Answer.of("\25\3\3\0\2\2F").thenClose(), tls),
        Arguments.of("alert, open", Answer.of("\25\3\1\0\2\2F").thenHang(), tls));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreignProtocols")
  void protocolOfTheServerIsNamed(String name, Answer answer, String message)
      throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(answer)) {
      Outcome.Failed failed = run(server).send(EngineRun.get("/"), 1).onlyFailed();
      assertThat(failed.kind()).as(name).isEqualTo(ErrorKind.RECEIVE);
      assertThat(failed.cause()).hasMessage(message);
      assertThat(failed.bytesReceived()).isPositive();
    }
  }

  @Test
  void unknownHostIsNotOpened() {
    Origin nowhere = new Origin(false, "no-such-host.invalid", 80);
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> Engines.open(nowhere, EngineRun.of(kind, 80).config()).close())
        .withMessageContaining("no-such-host.invalid");
  }

  private EngineRun run(ScriptedServer server) {
    return EngineRun.of(kind, server.port()).timeout(Duration.ofSeconds(5));
  }

  private static void assertPlausible(Outcome.Failed failed) {
    assertThat(failed.connectNanos()).isBetween(1L, failed.totalNanos());
    assertThat(failed.bytesReceived()).isNotNegative();
    assertThat(failed.cause().getMessage()).isNotBlank();
  }

  private static String describe(EngineRun.Result result) {
    return result.outcomes().toString();
  }
}

package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.fixture.SelfSigned;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS, with a certificate that nobody vouches for. */
@EngineConformance
@NoThreadLeaks
class EngineTlsTest {

  private static SSLContext context;

  private final EngineKind kind;

  EngineTlsTest(EngineKind kind) {
    this.kind = kind;
  }

  @BeforeAll
  static void createCertificate() throws GeneralSecurityException, IOException {
    context = SelfSigned.context();
  }

  @Test
  void certificateNeedsNobodyToVouchForIt() throws IOException, InterruptedException {
    Answer answer =
        Answer.response("HTTP/1.1 200 OK", List.of("Server: s", "Content-Length: 5"), "hello");
    try (ScriptedServer server =
        ScriptedServer.startTls(context, (connection, request) -> answer)) {
      EngineRun.Result result = run(server).connections(3).send(EngineRun.get("/"), 20);
      assertThat(result.completed())
          .hasSize(20)
          .allSatisfy(completed -> {
            assertThat(completed.status()).isEqualTo(200);
            assertThat(completed.bodyBytes()).isEqualTo(5);
          });
      assertThat(result.connections())
          .returns(3L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      ServerInfo info = result.server().orElseThrow();
      assertThat(info.software()).isEqualTo("s");
      assertThat(info.tls())
          .isNotNull()
          .satisfies(tls -> {
            assertThat(tls.protocol()).isEqualTo("TLSv1.3");
            assertThat(tls.cipher()).startsWith("TLS_");
          });
    }
  }

  @Test
  void handshakeIsPartOfConnectingAndItsRecordsAreCounted()
      throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.startTls(context, (connection, request) -> Answer.ok("hello"))) {
      List<Outcome.Completed> completed = run(server).send(EngineRun.get("/"), 2).completed();
      Outcome.Completed first = completed.getFirst();
      Outcome.Completed second = completed.getLast();
      assertThat(first.tlsNanos()).isBetween(1L, first.connectNanos());
      assertThat(second.tlsNanos()).isZero();
      assertThat(second.connectNanos()).isZero();
      int head = server.requests().getFirst().head().length();
      assertThat(first.bytesSent()).isGreaterThan(second.bytesSent());
      assertThat(second.bytesSent()).isGreaterThan(head);
      assertThat(first.bytesReceived()).isGreaterThan(second.bytesReceived());
    }
  }

  @Test
  void withoutKeepAliveEachJobShakesHands() throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.startTls(context, (connection, request) -> Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withTls().send(EngineRun.get("/"), 10);
      assertThat(result.completed()).hasSize(10).allMatch(completed -> completed.tlsNanos() > 0);
      assertThat(server.connectionsAccepted()).isEqualTo(10);
    }
  }

  /** A resumed handshake has no certificate in it, which is most of what the server sends. */
  @Test
  void handshakesAreFullOnes() throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.startTls(context, (connection, request) -> Answer.ok("hello"))) {
      List<Outcome.Completed> completed =
          EngineRun.of(kind, server.port()).withTls().send(EngineRun.get("/"), 4).completed();
      long first = completed.getFirst().bytesReceived();
      assertThat(completed)
          .hasSize(4)
          .allSatisfy(c -> assertThat(c.bytesReceived()).isBetween(first - 100, first + 100));
    }
  }

  @Test
  void plainServerFailsTheHandshake() throws IOException, InterruptedException {
    Answer plain = Answer.of("HTTP/1.1 400 Bad Request\r\n\r\n").unasked().thenClose();
    try (ScriptedServer server = ScriptedServer.start(plain)) {
      EngineRun.Result result = run(server).send(EngineRun.get("/"), 2);
      assertThat(result.outcomes()).extracting(EngineTlsTest::kindOf).containsExactly("TLS", "TLS");
      assertThat(((Outcome.Failed) result.outcomes().getFirst()).cause())
          .hasMessage(
              "the server speaks plain HTTP on this port: the URL needs http instead of https");
    }
  }

  @Test
  void plainTestServerFailsTheHandshake() throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .withTls()
              .timeout(Duration.ofSeconds(5))
              .send(EngineRun.get("/"), 1);
      assertThat(result.onlyFailed().kind()).isEqualTo(ErrorKind.TLS);
    }
  }

  @Test
  void handshakeThatTheServerBreaksOffFails() throws IOException, InterruptedException {
    Answer breakingOff = Answer.nothing().unasked().thenAwaitByte().thenReset();
    try (ScriptedServer server = ScriptedServer.start(breakingOff)) {
      assertThat(run(server).send(EngineRun.get("/"), 1).onlyFailed().kind())
          .isEqualTo(ErrorKind.TLS);
    }
  }

  @Test
  void handshakeThatTheServerDoesNotAnswerTimesOut() throws IOException, InterruptedException {
    Duration timeout = Duration.ofMillis(200);
    try (ScriptedServer server = ScriptedServer.start(Answer.nothing().unasked().thenHang())) {
      Outcome.Failed failed = run(server).timeout(timeout).send(EngineRun.get("/"), 1).onlyFailed();
      assertThat(failed.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(failed.totalNanos()).isGreaterThanOrEqualTo(timeout.toNanos());
      assertThat(failed.cause()).hasMessageEndingWith("the time ran out in the TLS handshake");
      server.awaitNoneOpen();
    }
  }

  @Test
  void failuresBehindTheHandshakeAreNotOnesOfTls() throws IOException, InterruptedException {
    String head = Answer.head("HTTP/1.1 200 OK", List.of("Content-Length: 5"));
    List<Answer> answers =
        List.of(
            Answer.of(head + "he").thenClose(),
            Answer.of(head + "he").thenReset(),
            Answer.of("nonsense\r\n\r\n\r\n").thenClose());
    try (ScriptedServer server =
        ScriptedServer.startTls(context, (connection, request) -> answers.get(connection))) {
      EngineRun.Result result = run(server).send(EngineRun.get("/"), 3);
      assertThat(result.outcomes())
          .extracting(EngineTlsTest::kindOf)
          .containsExactly("LENGTH", "RECEIVE", "RECEIVE");
    }
  }

  /** RFC 9112, section 9.8: the end of the body is announced by close_notify, not by TCP. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bodyUntilCloseEndsWithTheFarewellOfTls(boolean saysFarewell)
      throws IOException, InterruptedException {
    Answer half = Answer.of("HTTP/1.1 200 OK\r\n\r\nhello");
    Answer answer = saysFarewell ? half.thenClose() : half.thenCut();
    try (ScriptedServer server =
        ScriptedServer.startTls(context, (connection, request) -> answer)) {
      EngineRun.Result result = run(server).send(EngineRun.get("/"), 3);
      assertThat(result.outcomes())
          .hasSize(3)
          .allSatisfy(
              outcome -> assertThat(kindOf(outcome)).isEqualTo(saysFarewell ? "ok" : "LENGTH"));
    }
  }

  /** Bodies whose end is known do not need it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"})
  void bodyThatIsWholeNeedsNoFarewell(String rest) throws IOException, InterruptedException {
    Answer answer = Answer.of("HTTP/1.1 200 OK\r\nConnection: close\r\n" + rest).thenCut();
    try (ScriptedServer server =
        ScriptedServer.startTls(context, (connection, request) -> answer)) {
      assertThat(run(server).send(EngineRun.get("/"), 3).completed()).hasSize(3);
    }
  }

  /** With TLS 1.3, the server refuses after the client's part of the handshake. */
  @ParameterizedTest
  @CsvSource({"TLSv1.2, 0", "TLSv1.3, 0", "TLSv1.2, 1000000", "TLSv1.3, 1000000"})
  void clientCertificateThatTheServerWantsIsNamed(String protocol, int bodyBytes)
      throws IOException, InterruptedException {
    Job job = bodyBytes == 0 ? EngineRun.get("/") : EngineRun.post("/", new byte[bodyBytes]);
    try (ScriptedServer server =
        ScriptedServer.startTlsForCertificates(
            context, (connection, request) -> Answer.ok("hello"))) {
      EngineRun.Result result =
          run(server)
              .transport(
                  new Transport(
                      0,
                      null,
                      false,
                      null,
                      new TlsOptions(true, false, List.of(protocol), List.of(), null)))
              .send(job, 20);
      assertThat(result.outcomes())
          .hasSize(20)
          .allSatisfy(outcome -> {
            assertThat(kindOf(outcome)).isEqualTo("TLS");
            assertThat(((Outcome.Failed) outcome).cause())
                .hasMessageContaining("Received fatal alert: ")
                .hasMessageContaining("certificate")
                .hasMessageEndingWith("asked for a client certificate, and there is none");
          });
    }
  }

  /** A server that asked for a certificate once may fail later for another reason. */
  @Test
  void clientCertificateIsNotNamedIfTheServerJustBreaksOff()
      throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.startTlsForCertificates(
            context,
            (connection, request) ->
                connection == 0 ? Answer.ok("hello") : Answer.nothing().unasked().thenCut())) {
      List<Outcome> outcomes = run(server).send(EngineRun.get("/"), 2).outcomes();
      assertThat(outcomes).extracting(EngineTlsTest::kindOf).containsExactly("TLS", "TLS");
      assertThat(((Outcome.Failed) outcomes.getFirst()).cause())
          .hasMessageContaining("client certificate");
      assertThat(((Outcome.Failed) outcomes.getLast()).cause())
          .hasMessageNotContaining("client certificate");
    }
  }

  /** With TLS 1.3, session tickets may have come before. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void resetInsteadOfAResponseIsNoResponse(String protocol)
      throws IOException, InterruptedException {
    Answer reset = Answer.nothing().thenPause(Duration.ofMillis(20)).thenReset();
    try (ScriptedServer server = ScriptedServer.startTls(context, (connection, request) -> reset)) {
      TlsOptions options = new TlsOptions(true, false, List.of(protocol), List.of(), null);
      assertThat(
              run(server)
                  .transport(new Transport(0, null, false, null, options))
                  .send(EngineRun.get("/"), 3)
                  .outcomes())
          .hasSize(3)
          .allSatisfy(outcome -> assertThat(kindOf(outcome)).isEqualTo("NO_RESPONSE"));
    }
  }

  private EngineRun run(ScriptedServer server) {
    return EngineRun.of(kind, server.port()).withTls().withKeepAlive();
  }

  private static String kindOf(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed ? failed.kind().name() : "ok";
  }
}

package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.fixture.SelfSigned;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the time of a job divides into its parts. Only bounds that no slow machine can move. */
@EngineConformance
@NoThreadLeaks
class EngineTimesTest {

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final long HALF_THE_PAUSE = PAUSE.toNanos() / 2;

  private final EngineKind kind;

  EngineTimesTest(EngineKind kind) {
    this.kind = kind;
  }

  @Test
  void connectTimeIsZeroExactlyOnReusedConnections() throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .connections(10)
              .withKeepAlive()
              .send(EngineRun.get("/10k.dat"), 500);
      assertPartsFit(result);
      assertThat(result.byConnection())
          .allSatisfy(one -> {
            assertThat(one.getFirst().connectNanos()).isPositive();
            assertThat(one.stream().skip(1)).allMatch(outcome -> outcome.connectNanos() == 0);
          });
    }
  }

  @Test
  void connectTimeIsNeverZeroWithoutKeepAlive() throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).connections(3).send(EngineRun.get("/10k.dat"), 100);
      assertPartsFit(result);
      assertThat(result.completed()).allMatch(completed -> completed.connectNanos() > 0);
    }
  }

  @Test
  void connectTimeIsThatOfTheNewConnectionAfterTheOldWasClosed()
      throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello").thenClose())) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .withKeepAlive()
              .withRetry()
              .send(EngineRun.get("/"), 10);
      assertPartsFit(result);
      assertThat(result.completed()).allMatch(completed -> completed.connectNanos() > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void waitingIsUntilTheFirstByte(int slowOne) throws IOException, InterruptedException {
    Answer quick = Answer.ok("hello");
    Answer slow = Answer.nothing().thenPause(PAUSE).then(Answer.head("HTTP/1.1 204 No", List.of()));
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) -> request == slowOne ? slow : quick)) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withKeepAlive().send(EngineRun.get("/"), 2);
      assertPartsFit(result);
      assertThat(result.completed().get(slowOne).waitNanos()).isGreaterThan(HALF_THE_PAUSE);
    }
  }

  @Test
  void waitingIsNotUntilTheLastByte() throws IOException, InterruptedException {
    Answer slowBody =
        Answer.of(Answer.head("HTTP/1.1 200 OK", List.of("Content-Length: 2")))
            .thenPause(PAUSE)
            .then("ok");
    try (ScriptedServer server = ScriptedServer.start(slowBody)) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withKeepAlive().send(EngineRun.get("/"), 2);
      assertPartsFit(result);
      assertThat(result.completed())
          .allMatch(completed ->
              completed.totalNanos() - completed.waitNanos() - completed.connectNanos()
                  > HALF_THE_PAUSE);
    }
  }

  /** TLS 1.3 servers send session tickets behind the handshake: those are no response yet. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void waitingIsUntilTheFirstByteOfTheResponseWithTlsToo(int slowOne)
      throws IOException, InterruptedException, GeneralSecurityException {
    Answer quick = Answer.ok("hello");
    Answer slow = Answer.nothing().thenPause(PAUSE).then(Answer.head("HTTP/1.1 204 No", List.of()));
    try (ScriptedServer server =
        ScriptedServer.startTls(
            SelfSigned.context(), (connection, request) -> request == slowOne ? slow : quick)) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withTls().withKeepAlive().send(EngineRun.get("/"), 2);
      assertPartsFit(result);
      assertThat(result.completed().get(slowOne).waitNanos()).isGreaterThan(HALF_THE_PAUSE);
    }
  }

  /** The farewell of TLS is written behind the response. */
  @Test
  void waitingIsNotForgottenWhenTheConnectionIsClosed()
      throws IOException, InterruptedException, GeneralSecurityException {
    Answer slow = Answer.nothing().thenPause(PAUSE).then(Answer.head("HTTP/1.1 204 No", List.of()));
    try (ScriptedServer server =
        ScriptedServer.startTls(SelfSigned.context(), (connection, request) -> slow)) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withTls().send(EngineRun.get("/"), 1);
      assertPartsFit(result);
      assertThat(result.onlyCompleted().waitNanos()).isGreaterThan(HALF_THE_PAUSE);
    }
  }

  private static void assertPartsFit(EngineRun.Result result) {
    assertThat(result.completed()).isNotEmpty().allSatisfy(EngineTimesTest::assertPartsFit);
  }

  private static void assertPartsFit(Outcome.Completed completed) {
    assertThat(completed.tlsNanos()).isBetween(0L, completed.connectNanos());
    assertThat(completed.waitNanos()).isNotNegative();
    assertThat(completed.connectNanos() + completed.waitNanos())
        .isLessThanOrEqualTo(completed.totalNanos());
  }
}

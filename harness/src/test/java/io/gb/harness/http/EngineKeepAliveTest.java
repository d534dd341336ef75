package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.fixture.SelfSigned;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server may close a connection that it kept alive at any moment (RFC 9112, section 9.5). That is
 * no failure if the client learns of it before it writes the next request. If it learns of it
 * afterwards, the server may have carried the request out: the request fails, and is not sent again
 * without being asked for.
 */
@EngineConformance
@NoThreadLeaks
class EngineKeepAliveTest {

  private static final int JOBS = 30;

  private final EngineKind kind;

  EngineKeepAliveTest(EngineKind kind) {
    this.kind = kind;
  }

  @ParameterizedTest
  @CsvSource({"0, false", "50000, false", "0, true"})
  void jobAfterAnIdleClosingIsSentOnceOnANewConnection(int bodyBytes, boolean tls)
      throws IOException, InterruptedException, GeneralSecurityException {
    Job job = bodyBytes == 0 ? EngineRun.get("/") : EngineRun.post("/", new byte[bodyBytes]);
    JobQueue<Job> jobs = new JobQueue<>(2);
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    ScriptedServer.Script script =
        (connection, request) ->
            connection < 2 ? Answer.ok("hello").thenClose() : Answer.ok("hello");
    try (ScriptedServer server =
            tls
                ? ScriptedServer.startTls(SelfSigned.context(), script)
                : ScriptedServer.start(script);
        Engine engine = idle(server, tls).open()) {
      CompletableFuture<EngineEnd> end = engine.start(jobs, connection -> outcomes::add);
      for (int i = 0; i < 3; i++) {
        jobs.put(job);
        assertThat(kindOf(outcomes.take())).isEqualTo("ok");
        // The server has closed; within the pause, the client's side can know.
        if (i < 2) {
          server.awaitNoneOpen();
          LockSupport.parkNanos(50_000_000);
        }
      }
      jobs.close();
      assertThat(EngineRun.await(end).connections()).isEqualTo(new ConnectionCounts(3, 2, 3, 0, 0));
      assertThat(server.requests())
          .hasSize(3)
          .allMatch(request -> request.body().length == bodyBytes);
    }
  }

  private EngineRun idle(ScriptedServer server, boolean tls) {
    EngineRun run = EngineRun.of(kind, server.port()).withKeepAlive();
    return tls ? run.withTls() : run;
  }

  static Stream<Arguments> noResponses() {
    return Stream.of(Answer.nothing().thenClose(), Answer.nothing().thenReset())
        .flatMap(none ->
            Stream.of(1, 2, 7)
                .flatMap(
                    k -> Stream.of(0, 50_000).map(bodyBytes -> Arguments.of(none, k, bodyBytes))));
  }

  /** The server has read the request, and may have carried it out. */
  @ParameterizedTest
  @MethodSource("noResponses")
  void requestOnAKeptConnectionThatGetsNoResponseFails(Answer none, int k, int bodyBytes)
      throws IOException, InterruptedException {
    Job job = bodyBytes == 0 ? EngineRun.get("/") : EngineRun.post("/", new byte[bodyBytes]);
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) -> request < k ? Answer.ok("hello") : none)) {
      EngineRun.Result result = EngineRun.of(kind, server.port()).withKeepAlive().send(job, JOBS);
      List<String> expected = new ArrayList<>();
      while (expected.size() < JOBS) {
        expected.add(expected.size() % (k + 1) < k ? "ok" : "NO_RESPONSE");
      }
      assertThat(result.outcomes())
          .extracting(EngineKeepAliveTest::kindOf)
          .containsExactlyElementsOf(expected);
      assertThat(result.connections())
          .isEqualTo(
              new ConnectionCounts((JOBS + k) / (k + 1), 0, JOBS, 0, JOBS - (JOBS + k) / (k + 1)));
      assertThat(server.requests())
          .hasSize(JOBS)
          .allMatch(request -> request.body().length == bodyBytes);
    }
  }

  /** The head and a part of the body are written before the write fails. */
  @ParameterizedTest
  @ValueSource(ints = {70_000, 5_000_000})
  void uploadOfWhichAPartWasWrittenIsNotSentAgain(int bodyBytes)
      throws IOException, InterruptedException {
    Job upload = EngineRun.post("/", new byte[bodyBytes]);
    Answer unread = Answer.nothing().unasked().thenReset();
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) -> request < 1 ? Answer.ok("hello") : unread)) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .withKeepAlive()
              .withRetry()
              .send(List.of(EngineRun.get("/"), upload));
      ConnectionCounts counts = result.connections();
      // The reset may come while the connection is idle; then, and only then, it is sent anew.
      assertThat(counts.opened() - 1).isEqualTo(counts.closedByServer());
      assertThat(counts.requestsSent()).isEqualTo(2);
      assertThat(counts.resent()).isZero();
      assertThat(kindOf(result.outcomes().getFirst())).isEqualTo("ok");
      assertThat(kindOf(result.outcomes().getLast())).isIn("ok", "NO_RESPONSE", "SEND");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, true", "HEAD, true", "PUT, true", "POST, false", "PATCH, false"})
  void withRetryARequestIsSentAgainOnceIfItsMethodIsIdempotent(String method, boolean again)
      throws IOException, InterruptedException {
    Job get = EngineRun.get("/");
    Job job = new Job(method, "/", get.headers(), new byte[0]);
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            request == 1
                ? Answer.nothing().thenClose()
                : Answer.response("HTTP/1.1 200 OK", List.of("Content-Length: 0"), ""))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withKeepAlive().withRetry().send(job, 4);
      if (again) {
        assertThat(result.completed()).hasSize(4);
        assertThat(result.connections()).isEqualTo(new ConnectionCounts(4, 0, 7, 3, 3));
        // The bytes of both attempts count.
        assertThat(result.outcomes().get(1).bytesSent())
            .isEqualTo(2 * result.outcomes().getFirst().bytesSent());
      } else {
        assertThat(result.outcomes())
            .extracting(EngineKeepAliveTest::kindOf)
            .containsExactly("ok", "NO_RESPONSE", "ok", "NO_RESPONSE");
        assertThat(result.connections()).isEqualTo(new ConnectionCounts(2, 0, 4, 0, 2));
      }
      assertThat(server.requests()).hasSize((int) result.connections().requestsSent());
    }
  }

  /** Whether the client learns of it before it writes is a race; that each is counted is not. */
  @Test
  void closingBehindAResponseIsAnIdleOneOrAFailureAndAlwaysCounted()
      throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            request == 2 ? Answer.ok("hello").thenClose() : Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .connections(10)
              .withKeepAlive()
              .send(EngineRun.get("/"), 1000);
      long failed =
          result.outcomes().stream()
              .filter(outcome -> !kindOf(outcome).equals("ok"))
              .peek(outcome -> assertThat(kindOf(outcome)).isEqualTo("NO_RESPONSE"))
              .count();
      ConnectionCounts counts = result.connections();
      assertThat(result.outcomes()).hasSize(1000);
      assertThat(server.requests()).hasSize((int) (1000 - failed));
      assertThat(counts.requestsSent()).isEqualTo(1000);
      assertThat(counts.opened()).isEqualTo(server.connectionsAccepted());
      assertThat(counts.opened() - counts.closedByServer() - failed).isBetween(0L, 10L);
    }
  }

  @Test
  void closingThatWasAnnouncedIsNotCounted() throws IOException, InterruptedException {
    List<String> headers = List.of("Connection: close", "Content-Length: 0");
    try (ScriptedServer server =
        ScriptedServer.start(Answer.response("HTTP/1.1 200 OK", headers, "").thenClose())) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withKeepAlive().send(EngineRun.get("/"), 10);
      assertThat(result.completed()).hasSize(10).noneMatch(Outcome.Completed::keptAlive);
      assertThat(result.connections())
          .returns(10L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
    }
  }

  @Test
  void closingThatTheClientAskedForIsNotCounted() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.Result result = EngineRun.of(kind, server.port()).send(EngineRun.get("/"), 10);
      assertThat(result.completed()).hasSize(10).noneMatch(Outcome.Completed::keptAlive);
      assertThat(result.connections())
          .returns(10L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      server.awaitNoneOpen();
    }
  }

  @Test
  void newConnectionThatIsClosedAtOnceIsNotTriedAgain() throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            connection == 0
                ? Answer.ok("hello").thenClose()
                : Answer.nothing().unasked().thenClose())) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withKeepAlive().send(EngineRun.get("/"), 3);
      assertThat(result.outcomes())
          .extracting(EngineKeepAliveTest::kindOf)
          .containsExactly("ok", "NO_RESPONSE", "NO_RESPONSE");
      ConnectionCounts counts = result.connections();
      assertThat(counts.opened() - counts.closedByServer()).isEqualTo(2);
      assertThat(server.connectionsAccepted()).isEqualTo(counts.opened());
    }
  }

  /** RFC 9112, section 6.3: it is no response, so it is thrown away with its connection. */
  @Test
  void nonsenseBehindAResponseIsNoClosing() throws IOException, InterruptedException {
    List<String> headers = List.of("Content-Length: 2");
    try (ScriptedServer server =
        ScriptedServer.start(Answer.response("HTTP/1.1 200 OK", headers, "ok and more\r\n"))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withKeepAlive().send(EngineRun.get("/"), 4);
      assertThat(result.outcomes())
          .extracting(EngineKeepAliveTest::kindOf)
          .containsExactly("ok", "ok", "ok", "ok");
      assertThat(result.connections())
          .returns(4L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
    }
  }

  @Test
  void nonsenseThatComesBetweenTwoJobsIsNoClosing() throws IOException, InterruptedException {
    CompletableFuture<EngineEnd> firstIsOver = new CompletableFuture<>();
    Answer nonsense = Answer.of("nonsense\r\n").unasked().thenHang();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 1);
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    try (ScriptedServer server =
            ScriptedServer.start((connection, request) -> {
              if (connection == 0 && request == 1) {
                firstIsOver.join();
                return nonsense;
              }
              return Answer.ok("hello");
            });
        Engine engine = EngineRun.of(kind, server.port()).withKeepAlive().open()) {
      CompletableFuture<EngineEnd> end = engine.start(jobs, connection -> outcomes::add);
      assertThat(kindOf(outcomes.take())).isEqualTo("ok");
      firstIsOver.complete(null);
      if (kind == EngineKind.LOOP) {
        server.awaitNoneOpen();
      }
      LockSupport.parkNanos(50_000_000); // the nonsense has arrived by then
      jobs.put(EngineRun.get("/"));
      jobs.close();
      ConnectionCounts counts = EngineRun.await(end).connections();
      assertThat(kindOf(outcomes.take())).isEqualTo("ok");
      assertThat(counts)
          .returns(2L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
    }
  }

  @Test
  void responseThatHasBegunIsNotAskedForAgain() throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            request == 1 ? Answer.of("HTTP/1.1 2").thenClose() : Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withKeepAlive().send(EngineRun.get("/"), 4);
      assertThat(result.outcomes())
          .extracting(EngineKeepAliveTest::kindOf)
          .containsExactly("ok", "RECEIVE", "ok", "RECEIVE");
      assertThat(result.connections())
          .returns(2L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void requestThatWasTakenUpIsNotSentAgain() throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            request == 1
                ? Answer.of("HTTP/1.1 103 Early Hints\r\n\r\n").thenClose()
                : Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withKeepAlive().send(EngineRun.get("/"), 4);
      assertThat(result.outcomes())
          .extracting(EngineKeepAliveTest::kindOf)
          .containsExactly("ok", "RECEIVE", "ok", "RECEIVE");
      assertThat(result.connections())
          .returns(2L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      assertThat(server.requests()).hasSize(4);
    }
  }

  private static String kindOf(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed ? failed.kind().name() : "ok";
  }
}

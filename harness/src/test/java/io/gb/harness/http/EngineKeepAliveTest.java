package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.fixture.SelfSigned;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server may close a connection that it kept alive at any moment, and a client may find out only
 * by its next request (RFC 9112, section 9.5): that is no failure, as long as it is that.
 */
@EngineConformance
@NoThreadLeaks
class EngineKeepAliveTest {

  private static final int JOBS = 30;

  private final EngineKind kind;

  EngineKeepAliveTest(EngineKind kind) {
    this.kind = kind;
  }

  /**
   * A way to close a connection between two requests.
   *
   * @param name what the server does
   * @param last the last answer on a connection
   * @param instead what it does instead of one more, if that is read at all
   */
  record Closing(String name, Answer last, Answer instead) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> everyKthWithEachMethodInEachWay() {
    Answer hello = Answer.ok("hello");
    return Stream.of(
            new Closing("closes behind the answer", hello.thenClose(), hello),
            new Closing("closes on the next request", hello, Answer.nothing().thenClose()),
            new Closing("resets on the next request", hello, Answer.nothing().thenReset()))
        .flatMap(closing ->
            Stream.of(1, 2, 7)
                .flatMap(k ->
                    Stream.of(0, 50_000).map(bodyBytes -> Arguments.of(closing, k, bodyBytes))));
  }

  @ParameterizedTest(name = "{0}, every {1}, body of {2} bytes")
  @MethodSource("everyKthWithEachMethodInEachWay")
  void jobWhoseConnectionWasClosedBetweenIsSentAgain(Closing closing, int k, int bodyBytes)
      throws IOException, InterruptedException {
    Job job = bodyBytes == 0 ? EngineRun.get("/") : EngineRun.post("/", new byte[bodyBytes]);
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) -> {
          if (request < k - 1) {
            return Answer.ok("hello");
          }
          return request == k - 1 ? closing.last() : closing.instead();
        })) {
      EngineRun.Result result = EngineRun.of(kind, server.port()).withKeepAlive().send(job, JOBS);
      assertThat(result.completed()).hasSize(JOBS).allMatch(Outcome.Completed::keptAlive);
      int connections = (JOBS + k - 1) / k;
      assertThat(result.connections())
          .returns((long) connections, ConnectionCounts::opened).returns((long) (connections - 1), ConnectionCounts::closedByServer);
      assertThat(server.connectionsAccepted()).isEqualTo(connections);
      assertThat(server.requests())
          .filteredOn(request -> request.index() < k)
          .hasSize(JOBS)
          .allMatch(request -> request.body().length == bodyBytes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void jobWhoseTlsConnectionWasClosedBetweenIsSentAgain(int k)
      throws IOException, InterruptedException, GeneralSecurityException {
    try (ScriptedServer server =
        ScriptedServer.startTls(
            SelfSigned.context(),
            (connection, request) ->
                request == k - 1 ? Answer.ok("hello").thenClose() : Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withTls().withKeepAlive().send(EngineRun.get("/"), 10);
      assertThat(result.completed()).hasSize(10);
      int connections = 10 / k;
      assertThat(result.connections())
          .returns((long) connections, ConnectionCounts::opened).returns((long) (connections - 1), ConnectionCounts::closedByServer);
    }
  }

  @Test
  void manyConnectionsClosedBetweenAreCountedAllTogether()
      throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            request == 2 ? Answer.ok("hello").thenClose() : Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .connections(10)
              .withKeepAlive()
              .send(EngineRun.get("/"), 1000);
      assertThat(result.completed()).hasSize(1000);
      assertThat(result.connections().opened()).isEqualTo(server.connectionsAccepted());
      assertThat(result.connections().closedByServer())
          .isEqualTo(result.connections().opened() - 10);
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
      assertThat(result.connections()).returns(10L, ConnectionCounts::opened).returns(0L, ConnectionCounts::closedByServer);
    }
  }

  @Test
  void closingThatTheClientAskedForIsNotCounted() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.Result result = EngineRun.of(kind, server.port()).send(EngineRun.get("/"), 10);
      assertThat(result.completed()).hasSize(10).noneMatch(Outcome.Completed::keptAlive);
      assertThat(result.connections()).returns(10L, ConnectionCounts::opened).returns(0L, ConnectionCounts::closedByServer);
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
          .containsExactly("ok", ErrorKind.RECEIVE.name(), ErrorKind.RECEIVE.name());
      assertThat(result.connections()).returns(3L, ConnectionCounts::opened).returns(1L, ConnectionCounts::closedByServer);
      assertThat(server.connectionsAccepted()).isEqualTo(3);
    }
  }

  /** RFC 9112, section 6.3: it is no response, so the loop throws it away with its connection. */
  @Test
  void nonsenseBehindAResponseIsNoClosing() throws IOException, InterruptedException {
    List<String> headers = List.of("Content-Length: 2");
    try (ScriptedServer server =
        ScriptedServer.start(Answer.response("HTTP/1.1 200 OK", headers, "ok and more\r\n"))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withKeepAlive().send(EngineRun.get("/"), 4);
      assertThat(result.outcomes())
          .extracting(EngineKeepAliveTest::kindOf)
          .containsExactly(
              kind == EngineKind.LOOP
                  ? new String[] {"ok", "ok", "ok", "ok"}
                  : new String[] {"ok", "RECEIVE", "ok", "RECEIVE"});
      assertThat(result.connections())
          .returns((long) (kind == EngineKind.LOOP ? 4 : 2), ConnectionCounts::opened).returns(0L, ConnectionCounts::closedByServer);
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
      jobs.put(EngineRun.get("/"));
      jobs.close();
      ConnectionCounts counts = EngineRun.await(end).connections();
      assertThat(kindOf(outcomes.take())).isEqualTo(kind == EngineKind.LOOP ? "ok" : "RECEIVE");
      assertThat(counts).returns((long) (kind == EngineKind.LOOP ? 2 : 1), ConnectionCounts::opened).returns(0L, ConnectionCounts::closedByServer);
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
      assertThat(result.connections()).returns(2L, ConnectionCounts::opened).returns(0L, ConnectionCounts::closedByServer);
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
      assertThat(result.connections()).returns(2L, ConnectionCounts::opened).returns(0L, ConnectionCounts::closedByServer);
      assertThat(server.requests()).hasSize(4);
    }
  }

  private static String kindOf(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed ? failed.kind().name() : "ok";
  }
}

package io.gb.harness.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.fixture.SelfSigned;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server may answer before it has read the whole request, and may close the connection behind its
 * answer (RFC 9112, section 9.5). A complete response counts, even if the request was not sent.
 */
@EngineConformance
@NoThreadLeaks
class EngineUploadTest {

  private static final String REFUSAL =
      "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  private static final Answer UNREAD = Answer.nothing().unasked().thenAwaitByte();
  private static final int LARGE = 20_000_000;

  private final EngineKind kind;

  EngineUploadTest(EngineKind kind) {
    this.kind = kind;
  }

  static Stream<Arguments> uploads() {
    return Stream.of(50_000, 1_000_000, LARGE)
        .flatMap(bytes -> Stream.of(false, true).map(tls -> Arguments.of(bytes, tls)));
  }

  @ParameterizedTest
  @MethodSource("uploads")
  void responseBehindWhichTheServerClosesCounts(int bytes, boolean tls)
      throws IOException, InterruptedException, GeneralSecurityException {
    ScriptedServer.Script script = (connection, request) -> UNREAD.then(REFUSAL).thenClose();
    try (ScriptedServer server = start(script, tls)) {
      EngineRun.Result result =
          run(server, tls).connections(2).send(EngineRun.post("/", new byte[bytes]), 10);
      assertThat(result.completed())
          .hasSize(10)
          .allMatch(completed -> completed.status() == 413 && !completed.keptAlive());
      assertThat(result.connections().requestsSent()).isEqualTo(10);
      assertThat(server.connectionsAccepted()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @MethodSource("uploads")
  void responseBehindWhichTheServerReadsNothingCountsAtOnce(int bytes, boolean tls)
      throws IOException, InterruptedException, GeneralSecurityException {
    String answer = "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno";
    ScriptedServer.Script script =
        (connection, request) -> UNREAD.then(answer).thenPause(Duration.ofMinutes(5));
    try (ScriptedServer server = start(script, tls)) {
      Outcome.Completed completed =
          run(server, tls).send(EngineRun.post("/", new byte[bytes]), 1).onlyCompleted();
      assertThat(completed.status()).isEqualTo(413);
      assertThat(completed.bodyBytes()).isEqualTo(2);
      assertThat(completed.totalNanos()).isLessThan(Duration.ofSeconds(10).toNanos());
      if (bytes == LARGE) {
        assertThat(completed.keptAlive()).isFalse();
      }
    }
  }

  /**
   * A connection that is not kept is closed behind the response, whatever becomes of the upload.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void responseToAnUploadWithoutKeepAliveDoesNotWaitForItsEnd(boolean tls)
      throws IOException, InterruptedException, GeneralSecurityException {
    String answer = "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno";
    ScriptedServer.Script script =
        (connection, request) -> UNREAD.then(answer).thenPause(Duration.ofMinutes(5));
    try (ScriptedServer server = start(script, tls)) {
      EngineRun run = EngineRun.of(kind, server.port());
      long start = System.nanoTime();
      EngineRun.Result result =
          (tls ? run.withTls() : run).send(EngineRun.post("/", new byte[LARGE]), 30);
      assertThat(result.completed()).hasSize(30).allMatch(completed -> completed.status() == 413);
      // Less than a tenth of a second each.
      assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(3).toNanos());
    }
  }

  /** With buffers of 2 KB, a body of 60 KB does not fit into those of the system. */
  @Test
  void responseBeforeASmallBodyIsReadIfTheBuffersAreSmaller() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (ServerSocket listener = new ServerSocket()) {
      listener.setReceiveBufferSize(2048);
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      Thread server =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket socket = listener.accept()) {
                  socket.getInputStream().read();
                  socket.getOutputStream().write(REFUSAL.getBytes(ISO_8859_1));
                  done.await();
                } catch (IOException | InterruptedException e) {
                  // The engine fails as well.
                }
              });
      Outcome.Completed completed =
          EngineRun.of(kind, listener.getLocalPort())
              .transport(new Transport(2048, null, false, null, TlsOptions.LENIENT))
              .timeout(Duration.ofSeconds(2))
              .send(EngineRun.post("/", new byte[60_000]), 1)
              .onlyCompleted();
      assertThat(completed.status()).isEqualTo(413);
      done.countDown();
      server.join();
    } finally {
      done.countDown();
    }
  }

  @ParameterizedTest
  @MethodSource("uploads")
  void interimResponseDoesNotCutTheUpload(int bytes, boolean tls)
      throws IOException, InterruptedException, GeneralSecurityException {
    Answer goOn = UNREAD.then("HTTP/1.1 100 Continue\r\n\r\n").thenPause(Duration.ofMillis(100));
    ScriptedServer.Script script =
        (connection, request) -> request % 2 == 0 ? goOn : Answer.ok("hello");
    try (ScriptedServer server = start(script, tls)) {
      EngineRun.Result result = run(server, tls).send(EngineRun.post("/", new byte[bytes]), 3);
      assertThat(result.completed()).hasSize(3).allMatch(completed -> completed.status() == 200);
      assertThat(result.connections().opened()).isEqualTo(1);
      assertThat(server.requests()).hasSize(3).allMatch(one -> one.body().length == bytes);
    }
  }

  /** How a server may break off in the middle of an upload, and what that is called. */
  static Stream<Arguments> breaks() {
    String head = "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 5\r\n\r\n";
    return Stream.of(
        Arguments.of("no response", UNREAD.thenReset(), ErrorKind.SEND),
        Arguments.of("half a head", UNREAD.then("HTTP/1.1 41").thenReset(), ErrorKind.SEND),
        Arguments.of("half a body", UNREAD.then(head + "he").thenReset(), ErrorKind.SEND),
        Arguments.of(
            "a body whose end a reset may be",
            UNREAD.then("HTTP/1.1 413 Too Large\r\n\r\nhe").thenReset(),
            ErrorKind.SEND),
        Arguments.of(
            "nonsense",
            UNREAD.then("SSH-2.0-x\r\n\r\n").thenPause(Duration.ofMinutes(5)),
            ErrorKind.RECEIVE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breaks")
  void uploadThatBreaksOffHasItsKind(String what, Answer answer, ErrorKind expected)
      throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start(
            (connection, request) -> connection == 0 ? answer : Answer.ok("hello"))) {
      Job upload = EngineRun.post("/", new byte[LARGE]);
      EngineRun.Result result = EngineRun.of(kind, server.port()).withKeepAlive().send(upload, 2);
      assertThat(result.outcomes().getFirst())
          .as(what)
          .isInstanceOfSatisfying(
              Outcome.Failed.class, failed -> assertThat(failed.kind()).isEqualTo(expected));
      assertThat(result.outcomes().getLast()).isInstanceOf(Outcome.Completed.class);
      assertThat(result.connections().requestsSent()).isEqualTo(2);
    }
  }

  @Test
  void largeUploadsKeepTheirConnection() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .withKeepAlive()
              .connections(2)
              .send(EngineRun.post("/", new byte[500_000]), 100);
      assertThat(result.completed()).hasSize(100).allMatch(Outcome.Completed::keptAlive);
      assertThat(result.connections()).isEqualTo(new ConnectionCounts(2, 0, 100, 0, 98));
    }
  }

  private EngineRun run(ScriptedServer server, boolean tls) {
    EngineRun run =
        EngineRun.of(kind, server.port()).withKeepAlive().timeout(Duration.ofSeconds(15));
    return tls ? run.withTls() : run;
  }

  private static ScriptedServer start(ScriptedServer.Script script, boolean tls)
      throws IOException, GeneralSecurityException {
    return tls
        ? ScriptedServer.startTls(SelfSigned.context(), script)
        : ScriptedServer.start(script);
  }
}

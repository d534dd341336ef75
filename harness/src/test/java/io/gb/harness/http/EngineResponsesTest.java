package io.gb.harness.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses of every framing: status, lengths, and whether the connection serves the next job. */
@EngineConformance
@NoThreadLeaks
class EngineResponsesTest {

  private static final String OK = "HTTP/1.1 200 OK";
  private static final String CHUNKED = "Transfer-Encoding: chunked";

  private final EngineKind kind;

  EngineResponsesTest(EngineKind kind) {
    this.kind = kind;
  }

  /**
   * A response and what is to be made of it.
   *
   * @param name what is special about it
   * @param method the method of the request
   * @param bytes all of it, one character a byte
   * @param status the final status
   * @param bodyBytes the length of the body without framing
   * @param keepsAlive whether the connection can serve another request
   */
  record Case(
      String name, String method, String bytes, int status, long bodyBytes, boolean keepsAlive) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> responses() throws IOException {
    return Stream.of(plainBodies(), chunkedBodies(), withoutBody(), untilTheEnd(), oddHeads())
        .flatMap(List::stream);
  }

  private static List<Case> plainBodies() throws IOException {
    String gzip = gzip("hello ".repeat(1000));
    return List.of(
        open("Content-Length", 200, 5, head(OK, "Content-Length: 5") + "hello"),
        open("empty body", 200, 0, head(OK, "Content-Length: 0")),
        open("large body", 200, 300_000, head(OK, "Content-Length: 300000") + "x".repeat(300_000)),
        open(
            "gzip, as transferred",
            200,
            gzip.length(),
            head(OK, "Content-Encoding: gzip", "Content-Length: " + gzip.length()) + gzip),
        open(
            "gzip in chunks",
            200,
            gzip.length(),
            head(OK, "Content-Encoding: gzip", CHUNKED) + chunk(gzip) + chunk("")),
        open("404", 404, 4, head("HTTP/1.1 404 Not Found", "Content-Length: 4") + "none"),
        open("500", 500, 2, head("HTTP/1.1 500 Oh", "Content-Length: 2") + "no"));
  }

  private static List<Case> chunkedBodies() {
    return List.of(
        open(
            "chunks",
            200,
            15,
            head(OK, CHUNKED) + chunk("hello") + chunk("0123456789") + chunk("")),
        open("no chunk but the last", 200, 0, head(OK, CHUNKED) + chunk("")),
        open(
            "chunks with extensions",
            200,
            5,
            head(OK, CHUNKED) + "0005;name=value;flag\r\nhello\r\n" + chunk("")),
        open(
            "chunks and trailers",
            200,
            5,
            head(OK, CHUNKED) + chunk("hello") + head("0", "X-Sum: 1", "X-More: 2")),
        open(
            "blanks behind the size of a chunk",
            200,
            5,
            head(OK, CHUNKED) + "5 \t\r\nhello\r\n0 ;x\r\n\r\n"));
  }

  private static List<Case> withoutBody() {
    return List.of(
        new Case(
            "HEAD with a Content-Length", "HEAD", head(OK, "Content-Length: 10240"), 200, 0, true),
        new Case("HEAD with chunks announced", "HEAD", head(OK, CHUNKED), 200, 0, true),
        open("204", 204, 0, head("HTTP/1.1 204 No Content")),
        new Case(
            "204 that announces a body, which may come",
            "GET",
            head("HTTP/1.1 204 No Content", "Content-Length: 5"),
            204,
            0,
            false),
        open(
            "304 with a Content-Length",
            304,
            0,
            head("HTTP/1.1 304 Not Modified", "Content-Length: 10240")));
  }

  private static List<Case> untilTheEnd() {
    return List.of(
        closing("ended by the connection", head(OK)),
        closing("HTTP/1.0, ended by the connection", head("HTTP/1.0 200 OK", "Server: old")),
        closing("HTTP/1.0 with a Content-Length", head("HTTP/1.0 200 OK", "Content-Length: 5")),
        closing("Connection: close", head(OK, "Connection: close", "Content-Length: 5")));
  }

  private static List<Case> oddHeads() {
    String ok = head(OK, "Content-Length: 2") + "ok";
    return List.of(
        open("100 before the response", 200, 2, head("HTTP/1.1 100 Continue") + ok),
        open(
            "several 1xx before the response",
            200,
            2,
            head("HTTP/1.1 102 Processing")
                + head("HTTP/1.1 103 Early Hints", "Link: </a>")
                + head("HTTP/1.1 103 Early Hints", "Link: </b>")
                + ok),
        open(
            "HTTP/1.0 with keep-alive",
            200,
            5,
            head("HTTP/1.0 200 OK", "Connection: Keep-Alive", "Content-Length: 5") + "hello"),
        open("status without a name", 999, 2, head("HTTP/1.1 999 ", "Content-Length: 2") + "no"),
        open(
            "a long header field",
            200,
            2,
            head(OK, "X-Long: " + "x".repeat(60_000), "Content-Length: 2") + "ok"),
        open(
            "many header fields",
            200,
            2,
            OK + "\r\n" + "X-Many: 1\r\n".repeat(500) + "Content-Length: 2\r\n\r\nok"),
        open(
            "the longest header line",
            200,
            2,
            head(OK, "X: " + "x".repeat(65_531), "Content-Length: 2") + "ok"),
        open(
            "the most header fields",
            200,
            2,
            OK + "\r\n" + "X-Many: 1\r\n".repeat(998) + "Content-Length: 2\r\n\r\nok"),
        open("names in other letters", 200, 2, head(OK, "content-LENGTH:2") + "ok"));
  }

  private static Case open(String name, int status, long bodyBytes, String bytes) {
    return new Case(name, "GET", bytes, status, bodyBytes, true);
  }

  private static Case closing(String name, String head) {
    return new Case(name, "GET", head + "hello", 200, 5, false);
  }

  private static String head(String statusLine, String... headers) {
    return Answer.head(statusLine, List.of(headers));
  }

  private static String chunk(String content) {
    return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
  }

  @ParameterizedTest
  @MethodSource("responses")
  void statusAndLengthsAreThoseOfTheResponse(Case expected)
      throws IOException, InterruptedException {
    Answer answer = Answer.of(expected.bytes());
    try (ScriptedServer server =
        ScriptedServer.start(expected.keepsAlive() ? answer : answer.thenClose())) {
      EngineRun.Result result = run(server).withKeepAlive().send(job(expected), 3);
      assertThat(result.completed())
          .hasSize(3)
          .allSatisfy(completed -> {
            assertThat(completed.status()).isEqualTo(expected.status());
            assertThat(completed.bodyBytes()).isEqualTo(expected.bodyBytes());
            assertThat(completed.bytesReceived()).isEqualTo(expected.bytes().length());
            assertThat(completed.keptAlive()).isEqualTo(expected.keepsAlive());
          });
      assertThat(server.requests())
          .hasSize(3)
          .allSatisfy(request ->
              assertThat(result.completed())
                  .allMatch(completed -> completed.bytesSent() == request.head().length()));
      int connections = expected.keepsAlive() ? 1 : 3;
      assertThat(server.connectionsAccepted()).isEqualTo(connections);
      assertThat(result.connections())
          .returns((long) connections, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
    }
  }

  @ParameterizedTest
  @MethodSource("responses")
  void responseMayComeByteByByte(Case expected) throws IOException, InterruptedException {
    int slow = Math.min(expected.bytes().length(), 500);
    Answer answer =
        Answer.nothing()
            .thenByteByByte(expected.bytes().substring(0, slow))
            .then(expected.bytes().substring(slow))
            .thenClose();
    try (ScriptedServer server = ScriptedServer.start(answer)) {
      Outcome.Completed completed = run(server).send(job(expected), 1).onlyCompleted();
      assertThat(completed.status()).isEqualTo(expected.status());
      assertThat(completed.bodyBytes()).isEqualTo(expected.bodyBytes());
      assertThat(completed.bytesReceived()).isEqualTo(expected.bytes().length());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/bytes/0, 200, 0",
    "/bytes/1, 200, 1",
    "/bytes/1000000, 200, 1000000",
    "/chunked/0, 200, 0",
    "/chunked/100000, 200, 100000",
    "/status/404, 404, 14",
    "/status/204, 204, 0",
    "/status/304, 304, 0",
    "/redirect/2, 302, 12"
  })
  void theTestServersAnswersAreCountedToTheByte(String path, int status, long bodyBytes)
      throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port()).withKeepAlive().send(EngineRun.get(path), 5);
      assertThat(result.completed())
          .hasSize(5)
          .allSatisfy(completed -> {
            assertThat(completed.status()).isEqualTo(status);
            assertThat(completed.bodyBytes()).isEqualTo(bodyBytes);
            assertThat(completed.keptAlive()).isTrue();
          });
      assertThat(server.requestsReceived()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent Redirect"
  })
  void redirectIsAResponseLikeAnyOther(String statusAndName)
      throws IOException, InterruptedException {
    Answer answer =
        Answer.response(
            "HTTP/1.1 " + statusAndName, List.of("Location: /other", "Content-Length: 2"), "go");
    try (ScriptedServer server = ScriptedServer.start(answer)) {
      EngineRun.Result result = run(server).withKeepAlive().send(EngineRun.get("/one"), 2);
      assertThat(result.completed())
          .allMatch(completed -> statusAndName.startsWith(completed.status() + " "));
      assertThat(server.requests())
          .extracting(ScriptedServer.Request::requestLine)
          .containsExactly("GET /one HTTP/1.1", "GET /one HTTP/1.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, WWW-Authenticate: Basic realm=\"x\"",
    "407, Proxy-Authenticate: Basic",
    "503, Retry-After: 0",
    "429, Retry-After: 0"
  })
  void responseThatAsksForAnotherTryIsAResponseLikeAnyOther(String status, String header)
      throws IOException, InterruptedException {
    Answer answer =
        Answer.response("HTTP/1.1 " + status + " Later", List.of(header, "Content-Length: 0"), "");
    try (ScriptedServer server = ScriptedServer.start(answer)) {
      run(server).withKeepAlive().send(EngineRun.get("/"), 2).completed();
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void listenerIsToldTheStatusAndTheHead() throws IOException, InterruptedException {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    Job job = EngineRun.get("/");
    try (ScriptedServer server =
        ScriptedServer.start(
            Answer.response(
                "HTTP/1.1 404 Not Found", List.of("Server: test", "Content-Length: 2"), "no"))) {
      run(server)
          .withKeepAlive()
          .listener((about, status, head) -> {
            assertThat(about).isSameAs(job);
            heard.add(status + " " + head);
          })
          .send(job, 3)
          .completed();
    }
    assertThat(heard)
        .hasSize(3)
        .containsOnly("404 HTTP/1.1 404 Not Found\nServer: test\nContent-Length: 2\n");
  }

  @Test
  void listenerIsToldOfInterimResponsesToo() throws IOException, InterruptedException {
    Queue<Integer> heard = new ConcurrentLinkedQueue<>();
    String early = head("HTTP/1.1 103 Early Hints", "Link: </a>");
    try (ScriptedServer server = ScriptedServer.start(Answer.of(early + head("HTTP/1.1 204 No")))) {
      run(server)
          .listener((about, status, text) -> heard.add(status))
          .send(EngineRun.get("/"), 1)
          .completed();
    }
    assertThat(heard).containsExactly(103, 204);
  }

  /** Takes the first three bytes of each body, and says how long the body was. */
  private record BodyListener(Queue<String> heard) implements ExchangeListener {

    @Override
    public void responded(Job job, int status, String head) {}

    @Override
    public int bodyBytes() {
      return 3;
    }

    @Override
    public void bodyRead(Job job, byte[] beginning, long length) {
      heard.add(new String(beginning, ISO_8859_1) + " " + length);
    }
  }

  static Stream<Arguments> bodies() {
    String chunks = head(OK, CHUNKED) + chunk("h") + chunk("ello") + chunk("");
    return Stream.of(
        arguments(Answer.ok("hello"), List.of("hel 5", "hel 5")),
        arguments(Answer.ok("hi"), List.of("hi 2", "hi 2")),
        arguments(Answer.ok(""), List.of()),
        arguments(Answer.of(chunks), List.of("hel 5", "hel 5")),
        arguments(Answer.nothing().thenByteByByte(chunks), List.of("hel 5", "hel 5")),
        arguments(Answer.of(head(OK) + "hello").thenClose(), List.of("hel 5", "hel 5")),
        arguments(Answer.ok("x".repeat(100_000)), List.of("xxx 100000", "xxx 100000")),
        arguments(
            Answer.of(head(OK, "Content-Length: 9") + "hello").thenClose(),
            List.of("hel 5", "hel 5")));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void listenerGetsTheBeginningOfEachBodyAlsoOfOneThatIsCutShort(
      Answer answer, List<String> expected) throws IOException, InterruptedException {
    BodyListener listener = new BodyListener(new ConcurrentLinkedQueue<>());
    try (ScriptedServer server = ScriptedServer.start(answer)) {
      run(server).withKeepAlive().listener(listener).send(EngineRun.get("/"), 2);
    }
    assertThat(listener.heard()).containsExactlyElementsOf(expected);
  }

  @Test
  void listenerThatThrowsAtABodyIsAFailureOfThatJobOnly() throws IOException, InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    ExchangeListener listener =
        new ExchangeListener() {
          @Override
          public void responded(Job job, int status, String head) {}

          @Override
          public int bodyBytes() {
            return 1;
          }

          @Override
          public void bodyRead(Job job, byte[] beginning, long length) {
            if (calls.incrementAndGet() == 2) {
              throw new IllegalStateException("on purpose");
            }
          }
        };
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.Result result =
          run(server).withKeepAlive().listener(listener).send(EngineRun.get("/"), 4);
      assertThat(result.outcomes())
          .hasSize(4)
          .filteredOn(outcome -> outcome instanceof Outcome.Failed)
          .hasSize(1);
      assertThat(calls).hasValue(4);
    }
  }

  @Test
  void listenerThatThrowsAtABodyThatIsCutShortDoesNotHideTheFailure()
      throws IOException, InterruptedException {
    ExchangeListener listener =
        new ExchangeListener() {
          @Override
          public void responded(Job job, int status, String head) {}

          @Override
          public int bodyBytes() {
            return 1;
          }

          @Override
          public void bodyRead(Job job, byte[] beginning, long length) {
            throw new IllegalStateException("on purpose");
          }
        };
    Answer cutShort = Answer.of(head(OK, "Content-Length: 9") + "hello").thenClose();
    try (ScriptedServer server = ScriptedServer.start(cutShort)) {
      assertThat(run(server).listener(listener).send(EngineRun.get("/"), 1).onlyFailed().kind())
          .isEqualTo(ErrorKind.LENGTH);
    }
  }

  /** The reader of a log may have stopped reading. */
  @Test
  void listenerThatWaitsIsLetGoWhenTheEngineEnds() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    ExchangeListener listener =
        new ExchangeListener() {
          @Override
          public void responded(Job job, int status, String head) {
            waits.countDown();
            try {
              letGo.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void stopWaiting() {
            letGo.countDown();
          }
        };
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 1);
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"));
        Engine engine = run(server).listener(listener).open()) {
      CompletableFuture<EngineEnd> end = engine.start(jobs, i -> outcome -> {});
      waits.await();
      engine.abort();
      jobs.close();
      EngineRun.await(end);
    }
  }

  @Test
  void listenerThatThrowsIsAFailureOfThatJobOnly() throws IOException, InterruptedException {
    Queue<Integer> calls = new ConcurrentLinkedQueue<>();
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.Result result =
          run(server)
              .withKeepAlive()
              .listener((about, status, head) -> {
                calls.add(status);
                if (calls.size() == 2) {
                  throw new IllegalStateException("on purpose");
                }
              })
              .send(EngineRun.get("/"), 4);
      assertThat(result.outcomes()).hasSize(4);
      assertThat(result.outcomes().get(1)).isInstanceOf(Outcome.Failed.class);
      assertThat(result.outcomes())
          .filteredOn(outcome -> outcome instanceof Outcome.Completed)
          .hasSize(3);
    }
  }

  @Test
  void serverNamesItself() throws IOException, InterruptedException {
    Answer answer = Answer.response("HTTP/1.1 204 No", List.of("Server: test/1.0 (x)"), "");
    try (ScriptedServer server = ScriptedServer.start(answer)) {
      assertThat(run(server).send(EngineRun.get("/"), 2).server())
          .contains(new ServerInfo("test/1.0 (x)", null));
    }
  }

  @Test
  void serverThatDoesNotNameItselfHasAnEmptyName() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok(""))) {
      assertThat(run(server).send(EngineRun.get("/"), 1).server())
          .contains(new ServerInfo("", null));
    }
  }

  @Test
  void serverIsNamedByTheResponseProperAndNotByAnInterimOne()
      throws IOException, InterruptedException {
    Answer answer =
        Answer.of(Answer.head("HTTP/1.1 103 Early Hints", List.of("Link: </a>")))
            .then(Answer.head("HTTP/1.1 204 No Content", List.of("Server: test")));
    try (ScriptedServer server = ScriptedServer.start(answer)) {
      assertThat(run(server).send(EngineRun.get("/"), 1).server())
          .contains(new ServerInfo("test", null));
    }
  }

  @Test
  void serverThatSaidNothingIsNotKnown() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.nothing().thenClose())) {
      assertThat(run(server).send(EngineRun.get("/"), 1).server()).isEmpty();
    }
  }

  private EngineRun run(ScriptedServer server) {
    return EngineRun.of(kind, server.port());
  }

  private static Job job(Case expected) {
    return new Job(expected.method(), "/", List.of(new Header("Host", "test")), new byte[0]);
  }

  private static String gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(ISO_8859_1));
    }
    return bytes.toString(ISO_8859_1);
  }
}

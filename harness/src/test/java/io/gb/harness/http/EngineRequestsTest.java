package io.gb.harness.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire: the job, the whole job, and nothing but the job. */
@EngineConformance
@NoThreadLeaks
class EngineRequestsTest {

  private static final List<Header> HEADERS =
      List.of(
          new Header("Connection", "Keep-Alive"),
          new Header("X-Punctuation", "!Y10K:;(He@poverflow?)=="),
          new Header("X-Twice", "1"),
          new Header("X-Twice", "2"),
          new Header("x-lower", "a b\tc"),
          new Header("X-Empty", ""),
          new Header("Host", "elsewhere:8080"),
          new Header("User-Agent", "test"),
          new Header("Accept", "*/*"));

  private final EngineKind kind;

  EngineRequestsTest(EngineKind kind) {
    this.kind = kind;
  }

  @Test
  void headIsSentAsItStands() throws IOException, InterruptedException {
    String head =
        "GET /path?x=1&y=%20 HTTP/1.1\r\n"
            + HEADERS.stream()
                .map(header -> header.name() + ": " + header.value() + "\r\n")
                .collect(joining())
            + "\r\n";
    assertThat(sent(new Job("GET", "/path?x=1&y=%20", HEADERS, new byte[0]), 2))
        .extracting(ScriptedServer.Request::head)
        .containsExactly(head, head);
  }

  @Test
  void textBeyondAsciiIsSentAsUtf8() throws IOException, InterruptedException {
    String name = "Zoë 日本 😀";
    List<Header> headers =
        List.of(new Header("Host", "test"), new Header("X-Name", name), new Header("Cookie", name));
    String onTheWire = new String(name.getBytes(UTF_8), ISO_8859_1);
    assertThat(sent(new Job("GET", "/", headers, new byte[0]), 1))
        .flatExtracting(ScriptedServer.Request::headers)
        .containsExactly("Host: test", "X-Name: " + onTheWire, "Cookie: " + onTheWire);
  }

  /** RFC 9110, section 10.1.1: a client need not wait for the 100. */
  @Test
  void bodyDoesNotWaitForWhatTheRequestSaysItExpects() throws IOException, InterruptedException {
    Job post = EngineRun.post("/", new byte[100]);
    List<Header> headers = new ArrayList<>(post.headers());
    headers.add(new Header("Expect", "100-continue"));
    headers.add(new Header("Trailer", "X"));
    headers.add(new Header("Upgrade", "x"));
    assertThat(sent(new Job("POST", "/", headers, post.body()), 2))
        .hasSize(2)
        .allSatisfy(request -> {
          assertThat(request.headers())
              .contains("Expect: 100-continue", "Trailer: X", "Upgrade: x");
          assertThat(request.body()).hasSize(100);
        });
  }

  @Test
  void ownConnectionHeaderEndsEachConnection() throws IOException, InterruptedException {
    List<Header> headers =
        List.of(new Header("Host", "test"), new Header("connection", "X, Close"));
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.of(kind, server.port())
          .withKeepAlive()
          .send(new Job("GET", "/", headers, new byte[0]), 3)
          .completed();
      assertThat(server.connectionsAccepted()).isEqualTo(3);
    }
  }

  @Test
  void headerFieldsAreThoseOfTheJobAndNoOthers() throws IOException, InterruptedException {
    assertThat(sent(new Job("GET", "/", HEADERS, new byte[0]), 3))
        .hasSize(3)
        .allSatisfy(request ->
            assertThat(request.headers().stream().map(String::strip))
                .containsExactlyInAnyOrderElementsOf(
                    HEADERS.stream()
                        .map(header -> (header.name() + ": " + header.value()).strip())
                        .toList()));
  }

  @Test
  void enginesAddNoCookieAndNoAcceptEncoding() throws IOException, InterruptedException {
    List<String> headers = List.of("Set-Cookie: a=b; Path=/", "Content-Length: 2");
    try (ScriptedServer server =
        ScriptedServer.start(Answer.response("HTTP/1.1 200 OK", headers, "ok"))) {
      EngineRun.of(kind, server.port()).withKeepAlive().send(EngineRun.get("/"), 3).completed();
      assertThat(server.requests())
          .hasSize(3)
          .flatExtracting(ScriptedServer.Request::headers)
          .map(header -> header.substring(0, header.indexOf(':')))
          .isSubsetOf("Host", "Connection");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?",
        "/a?b=c?d&e=/",
        "/a/../b/./c",
        "//two//slashes/",
        "/%7Euser/%2f+ ~!$'()*,;:@"
      })
  void targetIsSentAsItStands(String target) throws IOException, InterruptedException {
    String encoded = target.replace(" ", "%20");
    assertThat(sent(EngineRun.get(encoded), 1))
        .extracting(ScriptedServer.Request::requestLine)
        .containsExactly("GET " + encoded + " HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "OPTIONS", "PATCH", "PURGE", "get"})
  void methodIsSentAsItStands(String method) throws IOException, InterruptedException {
    Job job = new Job(method, "/a", List.of(new Header("Host", "test")), new byte[0]);
    assertThat(sent(job, 1))
        .extracting(ScriptedServer.Request::requestLine)
        .containsExactly(method + " /a HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "GET"})
  void bodyIsSentWithEveryRequest(String method) throws IOException, InterruptedException {
    byte[] body = new byte[100_000];
    new SplittableRandom(1).nextBytes(body);
    Job post = EngineRun.post("/", body);
    List<ScriptedServer.Request> requests = sent(new Job(method, "/", post.headers(), body), 3);
    assertThat(requests)
        .hasSize(3)
        .allSatisfy(request -> {
          assertThat(request.requestLine()).isEqualTo(method + " / HTTP/1.1");
          assertThat(request.headers()).containsOnlyOnce("Content-Length: 100000");
          assertThat(request.body()).isEqualTo(body);
        });
  }

  @Test
  void emptyBodyIsAnnounced() throws IOException, InterruptedException {
    assertThat(sent(EngineRun.post("/", new byte[0]), 2))
        .hasSize(2)
        .allSatisfy(request -> assertThat(request.headers()).containsOnlyOnce("Content-Length: 0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 1_000_000})
  void uploadIsEchoedAgainAndAgainOnOneConnection(int length)
      throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .withKeepAlive()
              .send(EngineRun.post("/echo", new byte[length]), 5);
      assertThat(result.completed())
          .hasSize(5)
          .allSatisfy(completed -> {
            assertThat(completed.status()).isEqualTo(200);
            assertThat(completed.bodyBytes()).isEqualTo(length);
            assertThat(completed.bytesSent()).isGreaterThan(length);
          });
      assertThat(server.connectionsAccepted()).isEqualTo(1);
    }
  }

  @Test
  void jobsOfOneQueueMayDiffer() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"));
        Engine engine = EngineRun.of(kind, server.port()).withKeepAlive().open()) {
      List<Job> all =
          List.of(
              EngineRun.get("/1"),
              EngineRun.post("/2", new byte[2]),
              EngineRun.get("/3"),
              EngineRun.post("/4", new byte[4]));
      JobQueue<Job> jobs = new JobQueue<>(4);
      all.forEach(jobs::offer);
      jobs.close();
      EngineRun.await(engine.start(jobs, connection -> outcome -> {}));
      assertThat(server.requests())
          .extracting(request -> request.requestLine() + " " + request.body().length)
          .containsExactly(
              "GET /1 HTTP/1.1 0", "POST /2 HTTP/1.1 2", "GET /3 HTTP/1.1 0", "POST /4 HTTP/1.1 4");
    }
  }

  @Test
  void bytesSentAreThoseTheServerReceived() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .withKeepAlive()
              .send(EngineRun.post("/", new byte[50_000]), 3);
      assertThat(result.completed())
          .extracting(Outcome.Completed::bytesSent)
          .containsExactlyElementsOf(
              server.requests().stream()
                  .map(request -> (long) request.head().length() + request.body().length)
                  .toList());
    }
  }

  private List<ScriptedServer.Request> sent(Job job, int times)
      throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.of(kind, server.port()).withKeepAlive().send(job, times).completed();
      return server.requests();
    }
  }
}

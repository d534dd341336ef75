package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.fixture.SelfSigned;
import io.gb.harness.fixture.TunnelProxy;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections are made: buffers, local address, proxy, tunnel, and what TLS is asked for. */
@EngineConformance
@NoThreadLeaks
class EngineTransportTest {

  private static final String TUNNEL_OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";

  private static SSLContext context;

  private final EngineKind kind;

  EngineTransportTest(EngineKind kind) {
    this.kind = kind;
  }

  @BeforeAll
  static void createCertificate() throws GeneralSecurityException, IOException {
    context = SelfSigned.context();
  }

  @Test
  void smallBuffersAndALocalAddressDoNotHurt() throws IOException, InterruptedException {
    String body = "x".repeat(100_000);
    try (ScriptedServer server = ScriptedServer.start(Answer.ok(body))) {
      Transport transport =
          new Transport(2048, InetAddress.ofLiteral("127.0.0.1"), false, null, TlsOptions.LENIENT);
      assertThat(
              EngineRun.of(kind, server.port())
                  .transport(transport)
                  .withKeepAlive()
                  .send(EngineRun.get("/"), 5)
                  .completed())
          .hasSize(5)
          .allMatch(completed -> completed.bodyBytes() == 100_000);
    }
  }

  @Test
  void addressOfAnotherMachineIsAFailureToConnect() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      Transport transport =
          new Transport(0, InetAddress.ofLiteral("192.0.2.1"), false, null, TlsOptions.LENIENT);
      Outcome.Failed failed =
          EngineRun.of(kind, server.port())
              .transport(transport)
              .send(EngineRun.get("/"), 1)
              .onlyFailed();
      assertThat(failed.kind()).isEqualTo(ErrorKind.CONNECT);
      assertThat(server.connectionsAccepted()).isZero();
    }
  }

  @Test
  void proxyGetsTheRequestAsItStands() throws IOException, InterruptedException {
    try (ScriptedServer proxy = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, 1)
              .transport(through(proxy.port()))
              .withKeepAlive()
              .send(EngineRun.get("http://example.invalid/a?b"), 3);
      assertThat(result.completed()).hasSize(3);
      assertThat(result.connections().opened()).isEqualTo(1);
      assertThat(proxy.requests())
          .extracting(ScriptedServer.Request::requestLine)
          .containsOnly("GET http://example.invalid/a?b HTTP/1.1");
    }
  }

  @Test
  void tunnelLeadsToTheServer() throws IOException, InterruptedException {
    try (ScriptedServer server =
            ScriptedServer.startTls(context, (connection, request) -> Answer.ok("hello"));
        TunnelProxy proxy = TunnelProxy.start(TUNNEL_OPEN, server.port())) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .withTls()
              .withKeepAlive()
              .connections(2)
              .transport(through(proxy.port(), "Basic dTpw"))
              .send(EngineRun.get("/"), 10);
      assertThat(result.completed()).hasSize(10);
      assertThat(server.requests())
          .hasSize(10)
          .allMatch(request -> !request.head().contains("Proxy-"));
      String authority = "127.0.0.1:" + server.port();
      assertThat(proxy.heads())
          .hasSize(2)
          .containsOnly(
              "CONNECT "
                  + authority
                  + " HTTP/1.1\r\nHost: "
                  + authority
                  + "\r\nProxy-Authorization: Basic dTpw\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200",
        ""
      })
  void tunnelThatIsNotOpenedIsAFailureToConnect(String answer)
      throws IOException, InterruptedException {
    try (ScriptedServer server =
            ScriptedServer.startTls(context, (connection, request) -> Answer.ok("hello"));
        ScriptedServer proxy = ScriptedServer.start(Answer.of(answer).thenClose())) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .withTls()
              .transport(through(proxy.port()))
              .send(EngineRun.get("/"), 2);
      assertThat(result.outcomes())
          .hasSize(2)
          .allSatisfy(outcome ->
              assertThat(((Outcome.Failed) outcome).kind()).isEqualTo(ErrorKind.CONNECT));
      proxy.awaitNoneOpen();
      assertThat(server.connectionsAccepted()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + TUNNEL_OPEN,
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: x\r\n\r\n",
        "HTTP/1.1 200 OK\n\n"
      })
  void tunnelIsOpenBehindAnyFinalHeadWith200(String answer)
      throws IOException, InterruptedException {
    try (ScriptedServer server =
            ScriptedServer.startTls(context, (connection, request) -> Answer.ok("hello"));
        TunnelProxy proxy = TunnelProxy.start(answer, server.port())) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .withTls()
              .transport(through(proxy.port()))
              .send(EngineRun.get("/"), 2);
      assertThat(result.completed()).hasSize(2);
    }
  }

  static Stream<String> longAnswers() {
    return Stream.of(
        "HTTP/1.1 403 " + "A".repeat(60_000) + "\r\n\r\n",
        "x".repeat(60_000) + "\r\n\r\n",
        "HTTP/1.1 200 " + "A".repeat(70_000),
        "HTTP/1.1 200 OK\r\n" + ("X: " + "x".repeat(60_000) + "\r\n").repeat(6));
  }

  @ParameterizedTest
  @MethodSource("longAnswers")
  void longAnswerOfAProxyMakesNoLongMessage(String answer)
      throws IOException, InterruptedException {
    try (ScriptedServer proxy = ScriptedServer.start(Answer.of(answer).thenHang())) {
      Outcome.Failed failed =
          EngineRun.of(kind, 1)
              .withTls()
              .transport(through(proxy.port()))
              .send(EngineRun.get("/"), 1)
              .onlyFailed();
      assertThat(failed.kind()).isEqualTo(ErrorKind.CONNECT);
      assertThat(failed.cause().getMessage()).contains("proxy").hasSizeLessThan(150);
    }
  }

  @Test
  void tunnelThatHangsTimesOut() throws IOException, InterruptedException {
    try (ScriptedServer proxy = ScriptedServer.start(Answer.nothing().thenHang())) {
      Outcome.Failed failed =
          EngineRun.of(kind, 1)
              .withTls()
              .timeout(Duration.ofMillis(200))
              .transport(through(proxy.port()))
              .send(EngineRun.get("/"), 1)
              .onlyFailed();
      assertThat(failed.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(failed.cause()).hasMessageEndingWith("while the proxy opened the tunnel");
    }
  }

  @Test
  void verificationRefusesACertificateThatNobodyVouchesFor()
      throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.startTls(context, (connection, request) -> Answer.ok("hello"))) {
      Outcome.Failed failed =
          tls(server, new TlsOptions(true, true, List.of(), List.of(), null))
              .send(EngineRun.get("/"), 1)
              .onlyFailed();
      assertThat(failed.kind()).isEqualTo(ErrorKind.TLS);
      assertThat(failed.cause()).hasMessageContaining("certification path");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void protocolIsTheOneAskedForAndItsTemporaryKeyIsKnown(String protocol)
      throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.startTls(context, (connection, request) -> Answer.ok("hello"))) {
      EngineRun.Result result =
          tls(server, new TlsOptions(true, false, List.of(protocol), List.of(), null))
              .send(EngineRun.get("/"), 2);
      ServerInfo.TlsInfo tls = Objects.requireNonNull(result.server().orElseThrow().tls());
      assertThat(tls.protocol()).isEqualTo(protocol);
      assertThat(tls.keyBits()).isEqualTo(256);
      assertThat(tls.temporaryKey()).isEqualTo("X25519 253 bits");
      assertThat(tls.serverName()).isNull();
      assertThat(result.completed()).hasSize(2);
    }
  }

  @Test
  void cipherSuiteIsTheOneAskedFor() throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.startTls(context, (connection, request) -> Answer.ok("hello"))) {
      String suite = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
      EngineRun.Result result =
          tls(server, new TlsOptions(true, false, List.of(), List.of(suite), null))
              .send(EngineRun.get("/"), 1);
      assertThat(result.onlyCompleted().status()).isEqualTo(200);
      ServerInfo.TlsInfo tls = Objects.requireNonNull(result.server().orElseThrow().tls());
      assertThat(tls.cipher()).isEqualTo(suite);
    }
  }

  private EngineRun tls(ScriptedServer server, TlsOptions options) {
    return EngineRun.of(kind, server.port())
        .withTls()
        .transport(new Transport(0, null, false, null, options));
  }

  private static Transport through(int port) {
    return through(port, null);
  }

  private static Transport through(int port, @Nullable String authorization) {
    ProxyServer proxy = new ProxyServer("127.0.0.1", port, authorization);
    return new Transport(0, null, false, proxy, TlsOptions.LENIENT);
  }
}

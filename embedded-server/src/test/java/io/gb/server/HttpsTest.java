package io.gb.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.leaks.Census;
import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.tls.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@NoThreadLeaks(ignoreNames = "junit-jupiter-timeout-watcher")
class HttpsTest {

  private static final ServerConfig HTTPS = ServerConfig.loopback().withIoThreads(1).withHttps();

  private static Identity identity(Instant from, Instant until) {
    return Identity.selfSigned(Set.of(InetAddress.ofLiteral("127.0.0.1")), from, until);
  }

  /** A socket that verifies the certificate and the name, and has begun the handshake. */
  private static SSLSocket connect(EmbeddedServer server, SSLContext context, String host)
      throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, server.port());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void theCertificateMadeAtStartIsForTheNamesOfThisMachine(String host) throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(HTTPS);
        SSLSocket socket =
            connect(server, HttpTester.trusting(server.identity().orElseThrow()), host)) {
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
    }
  }

  @Test
  void theCertificateMadeAtStartIsValidFromADayAgoForThirtyDays() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(HTTPS)) {
      X509Certificate certificate = server.identity().orElseThrow().chain().getFirst();
      Instant from = certificate.getNotBefore().toInstant();
      assertThat(Duration.between(from, Instant.now()))
          .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusMinutes(5));
      assertThat(certificate.getNotAfter()).isEqualTo(Date.from(from.plus(Duration.ofDays(30))));
    }
  }

  @Test
  void theCertificateMadeAtStartIsForTheAddressToBind() throws Exception {
    ServerConfig config = HTTPS.withAddress(InetAddress.ofLiteral("127.0.0.2"));
    try (EmbeddedServer server = EmbeddedServer.start(config)) {
      X509Certificate certificate = server.identity().orElseThrow().chain().getFirst();
      assertThat(certificate.getSubjectAlternativeNames())
          .<Object>extracting(name -> name.get(1))
          .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "127.0.0.2");
    }
  }

  @Test
  void aServerOfHttpHasNoIdentity() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      assertThat(server.identity()).isEmpty();
    }
  }

  @Test
  void aClientThatDoesNotTrustTheCertificateGetsNothing() throws IOException {
    SSLContext other = HttpTester.trusting(identity(Instant.now(), Instant.now().plusSeconds(60)));
    try (EmbeddedServer server = EmbeddedServer.start(HTTPS);
        LogOf log = LogOf.start()) {
      try (SSLSocket socket = connect(server, other, "localhost")) {
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
      Eventually.holds(() -> server.connectionsAccepted() == 1 && server.connectionsOpen() == 0);
      assertThat(server.requestsReceived()).isZero();
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void theGivenCertificateIsServed() throws IOException {
    Identity given = identity(Instant.now(), Instant.now().plusSeconds(60));
    try (EmbeddedServer server = EmbeddedServer.start(HTTPS.withHttps(given));
        SSLSocket socket = connect(server, HttpTester.trusting(given), "127.0.0.1")) {
      assertThat(server.identity()).contains(given);
      assertThat(socket.getSession().getPeerCertificates())
          .containsExactly(given.chain().getFirst());
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, h2", "TLSv1.3, h2", "TLSv1.2, http/1.1", "TLSv1.3, http/1.1", "TLSv1.3,"})
  void versionsOfTlsAndProtocolsAreTheClientsChoice(String version, @Nullable String protocol)
      throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(HTTPS);
        SSLSocket socket =
            connect(server, HttpTester.trusting(server.identity().orElseThrow()), "127.0.0.1")) {
      socket.setEnabledProtocols(new String[] {version});
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(
          protocol == null ? new String[0] : new String[] {protocol});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(socket.getApplicationProtocol()).isEqualTo(protocol == null ? "" : protocol);
      if (!"h2".equals(protocol)) {
        socket.getOutputStream().write("GET /close HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
            .startsWith("HTTP/1.0 200 OK\r\n")
            .endsWith("\r\n\r\nok\n");
      }
    }
  }

  @Test
  void aClientWithoutTlsIsClosedUponWithoutALineOfLog() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(HTTPS);
        LogOf log = LogOf.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .doesNotContain("HTTP");
      Eventually.holds(() -> server.connectionsOpen() == 0);
      assertThat(server.requestsReceived()).isZero();
      assertThat(log.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void closeDuringTransfersAndHandshakesLeavesNoThread(int ioThreads) throws Exception {
    Census census = ThreadLeaks.census();
    try (HttpTester http = HttpTester.start(HTTPS.withIoThreads(ioThreads), Version.HTTP_2);
        Socket handshakeNeverBegun =
            new Socket(InetAddress.getLoopbackAddress(), http.server().port());
        LogOf log = LogOf.start()) {
      var body =
          http.client()
              .send(http.request("/bytes/1000000000").build(), BodyHandlers.ofInputStream())
              .body();
      assertThat(body.readNBytes(100_000)).hasSize(100_000);
      http.server().close();
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
      assertThat(handshakeNeverBegun.getInputStream().read()).isEqualTo(-1);
      assertThat(http.server().connectionsOpen()).isZero();
      assertThat(log.messages()).isEmpty();
    }
    assertThat(census.survivors(Duration.ofSeconds(5))).isEmpty();
  }
}

package io.gb.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.fixture.TunnelProxy;
import io.gb.harness.http.EngineKind;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.TlsOptions;
import io.gb.harness.http.Transport;
import io.gb.harness.report.AbReport;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every engine sends the same for a URL, whatever letters are in it. */
@EveryEngine
@NoThreadLeaks
class UrlsOnTheWireTest {

  private final EngineKind kind;

  UrlsOnTheWireTest(EngineKind kind) {
    this.kind = kind;
  }

  @Test
  void lettersBeyondAsciiAreSentAsPercentEncodedUtf8() throws IOException {
    String sent = "/%E6%97%A5%E6%9C%AC/%E2%82%AC?q=%F0%9F%98%80%7C%5E";
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      String url = "http://127.0.0.1:" + server.port() + "/日本/€?q=😀|^";
      BenchmarkResult result = Benchmark.run(BenchmarkConfig.builder(url).engine(kind).build());
      assertThat(server.requests())
          .extracting(ScriptedServer.Request::requestLine)
          .containsExactly("GET " + sent + " HTTP/1.1");
      assertThat(new AbReport().render(result))
          .contains("\nDocument Path:          " + sent + "\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "my_service, my_service",
    "my_service:8080, my_service:8080",
    "bücher.example, xn--bcher-kva.example"
  })
  void hostIsNamedInAscii(String host, String sent) throws IOException {
    try (ScriptedServer proxy = ScriptedServer.start(Answer.ok("hello"))) {
      BenchmarkResult result =
          Benchmark.run(
              BenchmarkConfig.builder("http://" + host + "/a")
                  .engine(kind)
                  .transport(through(proxy.port()))
                  .build());
      assertThat(result.completed()).isEqualTo(1);
      assertThat(proxy.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.requestLine()).isEqualTo("GET http://" + sent + "/a HTTP/1.1");
            assertThat(request.headers()).contains("Host: " + sent);
          });
      assertThat(new AbReport().render(result))
          .contains("\nServer Hostname:        " + sent.replaceFirst(":.*", "") + "\n");
    }
  }

  /** The JDK's own class for host names in TLS refuses underscores. */
  @Test
  void hostWithAnUnderscoreIsNamedInTheHandshake() throws IOException, InterruptedException {
    assumeTrue(kind.speaksTls(), "speaks no TLS");
    byte[] hello = new byte[1024];
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        TunnelProxy proxy = TunnelProxy.start("HTTP/1.1 200 OK\r\n\r\n", server.getLocalPort())) {
      RunInBackground run =
          RunInBackground.start(
              new Benchmark(
                  BenchmarkConfig.builder("https://my_service/")
                      .engine(kind)
                      .transport(through(proxy.port()))
                      .build()));
      try (Socket client = server.accept()) {
        assertThat(client.getInputStream().read(hello)).isPositive();
      }
      assertThat(new String(hello, ISO_8859_1)).contains("my_service");
      assertThat(run.result().failed()).isEqualTo(1);
      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("CONNECT my_service:443 HTTP/1.1\r\nHost: my_service:443\r\n");
    }
  }

  private static Transport through(int port) {
    return new Transport(
        0, null, false, new ProxyServer("127.0.0.1", port, null), TlsOptions.LENIENT);
  }
}

package quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.gb.harness.Benchmark;
import io.gb.harness.BenchmarkConfig;
import io.gb.harness.BenchmarkResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Puts load on the JDK's own HTTP server, which stands for the one that you want to test. */
class LoadTest {

  private HttpServer server;
  private URI uri;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void serverAnswersAllRequests() throws IOException {
    BenchmarkConfig config =
        BenchmarkConfig.builder(uri).requests(5_000).concurrency(10).keepAlive(true).build();
    BenchmarkResult result = Benchmark.run(config);
    System.out.println(result.requestsPerSecond() + " requests per second");
    System.out.println("99 % within " + result.latencies().percentileNanos(99) + " ns");
    assertEquals(0, result.failed());
  }
}

package io.gb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.leaks.junit.NoThreadLeaks.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@NoThreadLeaks(scope = Scope.CLASS, ignoreNames = "junit-jupiter-timeout-watcher")
class BodiesTest {

  private static final long MORE_THAN_AN_INT = (1L << 31) + 1;
  private static final long FEW_BUFFERS = 8L << 20;

  @SuppressWarnings("NullAway.Init")
  private static HttpTester http;

  @BeforeAll
  static void start() throws IOException {
    http = HttpTester.start();
  }

  @AfterAll
  static void stop() {
    http.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10_239, 10_240, 10_241, 81_920, 1_000_003})
  void bytesAreTenKRepeated(int n) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.get("/bytes/" + n);
    assertThat(response.headers().firstValue("Content-Length")).contains(Integer.toString(n));
    assertThat(response.body()).isEqualTo(tenKRepeated(n));
  }

  @Test
  void moreBytesThanAnArrayHoldsAreStreamed() throws IOException {
    long before = directMemory();
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.get("/bytes/" + MORE_THAN_AN_INT);
      assertThat(connection.readHead()).contains("Content-Length: " + MORE_THAN_AN_INT);
      assertThat(connection.skip(MORE_THAN_AN_INT)).isEqualTo(MORE_THAN_AN_INT);
      assertThat(directMemory() - before).isLessThan(FEW_BUFFERS);
      connection.get("/close").readHead();
      assertThat(connection.readToEnd()).asString().isEqualTo("ok\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bytes/7", "/chunked/7", "/gzip/7", "/headers"})
  void headHasNoBody(String path) throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.send("HEAD " + path + " HTTP/1.1", "Host: test");
      assertThat(connection.readHead().getFirst()).isEqualTo("HTTP/1.1 200 OK");
      connection.get("/close");
      assertThat(connection.readLine()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 1000, 100_000})
  void chunkedSendsSeveralChunks(int n) throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.get("/chunked/" + n);
      assertThat(connection.readHead())
          .contains("Transfer-Encoding: chunked")
          .noneMatch(line -> line.startsWith("Content-Length"));
      int chunks = 0;
      int total = 0;
      for (int size = chunkSize(connection); size > 0; size = chunkSize(connection)) {
        assertThat(connection.readBytes(size)).hasSize(size);
        assertThat(connection.readLine()).isEmpty();
        chunks++;
        total += size;
      }
      assertThat(total).isEqualTo(n);
      assertThat(chunks).isGreaterThanOrEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 10_241, 1_000_003})
  void chunkedBytesAreTenKRepeated(int n) throws IOException, InterruptedException {
    assertThat(http.get("/chunked/" + n).body()).isEqualTo(tenKRepeated(n));
  }

  @Test
  void http10ClientGetsChunkedBytesUntilTheConnectionCloses() throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.send("GET /chunked/1000 HTTP/1.0", "Connection: Keep-Alive");
      assertThat(connection.readHead())
          .contains("Connection: close")
          .noneMatch(line -> line.startsWith("Transfer-Encoding"));
      assertThat(connection.readToEnd()).isEqualTo(tenKRepeated(1000));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10_240, 1_000_003})
  void gzipUnpacksToTenKRepeated(int n) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.get("/gzip/" + n);
    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(response.headers().firstValue("Content-Length"))
        .contains(Integer.toString(response.body().length));
    try (GZIPInputStream unpacked =
        new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(unpacked.readAllBytes()).isEqualTo(tenKRepeated(n));
    }
  }

  private static byte[] tenKRepeated(int n) throws IOException {
    try (RawConnection connection = RawConnection.to(http.server())) {
      connection.get("/10k.dat").readHead();
      byte[] tenK = connection.readBytes(10_240);
      byte[] repeated = new byte[n];
      for (int i = 0; i < n; i++) {
        repeated[i] = tenK[i % tenK.length];
      }
      return repeated;
    }
  }

  private static int chunkSize(RawConnection connection) throws IOException {
    return Integer.parseInt(connection.readLine(), 16);
  }

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}

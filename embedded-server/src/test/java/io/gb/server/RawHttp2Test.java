package io.gb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.leaks.Census;
import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.RawHttp2.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/2 frame by frame: what the server counts, what it announces, and where its limits are. */
@Timeout(60)
@NoThreadLeaks(ignoreNames = "junit-jupiter-timeout-watcher")
class RawHttp2Test {

  private static final int MAX_CONCURRENT_STREAMS = 3;
  private static final int MAX_HEADER_LIST_SIZE = 6;
  private static final int PROTOCOL_ERROR = 1;

  private static final ServerConfig ONE_THREAD = ServerConfig.loopback().withIoThreads(1);

  @Test
  void eachStreamCountsAsARequestAndAllTogetherAsOneConnection() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(ONE_THREAD)) {
      try (RawHttp2 connection = RawHttp2.to(server)) {
        for (int stream = 1; stream < 20; stream += 2) {
          connection.get(stream, "/bytes/3");
        }
        for (int i = 0; i < 10; i++) {
          assertThat(connection.read(RawHttp2.DATA).payload()).hasSize(3);
        }
        assertThat(server.requestsReceived()).isEqualTo(10);
        assertThat(server.connectionsAccepted()).isEqualTo(1);
        assertThat(server.connectionsOpen()).isEqualTo(1);
      }
      Eventually.holds(() -> server.connectionsOpen() == 0);
    }
  }

  @Test
  void announcesItsLimits() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(ONE_THREAD);
        RawHttp2 connection = RawHttp2.to(server)) {
      ByteBuffer payload = connection.read(RawHttp2.SETTINGS).bytes();
      Map<Integer, Integer> settings = new HashMap<>();
      while (payload.hasRemaining()) {
        settings.put((int) payload.getShort(), payload.getInt());
      }
      assertThat(settings)
          .containsEntry(MAX_CONCURRENT_STREAMS, 128)
          .containsEntry(MAX_HEADER_LIST_SIZE, 20_000);
    }
  }

  @Test
  void aStreamWithoutAPathIsRefusedAndNotCounted() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(ONE_THREAD);
        RawHttp2 connection = RawHttp2.to(server)) {
      byte[] onlyMethod = {(byte) 0x82};
      connection.send(RawHttp2.HEADERS, RawHttp2.END_STREAM | RawHttp2.END_HEADERS, 1, onlyMethod);
      assertThat(connection.read(RawHttp2.RST_STREAM).stream()).isEqualTo(1);
      assertThat(server.requestsReceived()).isZero();
    }
  }

  @Test
  void aHeaderBlockWithoutEndClosesItsConnectionAlone() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(ONE_THREAD);
        RawHttp2 connection = RawHttp2.to(server);
        RawHttp2 other = RawHttp2.to(server);
        LogOf log = LogOf.start()) {
      connection.send(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.head("/10k.dat"));
      byte[] more = header("x".repeat(90));
      // The kernel takes some of it even after the server has closed the connection.
      assertThatThrownBy(
              () -> {
                for (int sent = 0; sent < 100_000_000; sent += more.length) {
                  connection.send(RawHttp2.CONTINUATION, 0, 1, more);
                }
              })
          .isInstanceOf(IOException.class);
      Eventually.holds(() -> server.connectionsOpen() == 1);
      assertThat(other.get(1, "/bytes/7").read(RawHttp2.DATA).payload()).hasSize(7);
      assertThat(log.messages()).isEmpty();
    }
  }

  /** A literal header without its pseudo-headers, as a block of its own. */
  private static byte[] header(String value) {
    byte[] whole = RawHttp2.head("/", "x", value);
    int pseudo = RawHttp2.head("/").length;
    return ByteBuffer.allocate(whole.length - pseudo)
        .put(whole, pseudo, whole.length - pseudo)
        .array();
  }

  @Test
  void aDelayedStreamCanBeResetAndTheNextIsAnswered() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(ONE_THREAD);
        RawHttp2 connection = RawHttp2.to(server);
        LogOf log = LogOf.start()) {
      byte[] cancel = {0, 0, 0, 8};
      connection.get(1, "/delay/100").send(RawHttp2.RST_STREAM, 0, 1, cancel);
      Frame answer = connection.get(3, "/delay/1200").read(RawHttp2.DATA);
      assertThat(answer.stream()).isEqualTo(3);
      assertThat(answer.payload()).isEqualTo("ok\n");
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void aContentLengthThatIsNoLongEndsTheConnectionWithoutAStackTrace() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(ONE_THREAD);
        RawHttp2 connection = RawHttp2.to(server);
        LogOf log = LogOf.start()) {
      connection.get(1, "/echo", "content-length", "18446744073709551621");
      Eventually.holds(() -> server.connectionsAccepted() == 1 && server.connectionsOpen() == 0);
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void closeCutsOffStreamsAndLeavesNoThread() throws IOException, InterruptedException {
    Census census = ThreadLeaks.census();
    EmbeddedServer server = EmbeddedServer.start(ServerConfig.loopback().withIoThreads(2));
    try (server;
        LogOf log = LogOf.start();
        RawHttp2 one = RawHttp2.to(server);
        RawHttp2 other = RawHttp2.to(server)) {
      for (int stream = 1; stream < 40; stream += 2) {
        one.get(stream, stream % 4 == 1 ? "/delay/3600000" : "/bytes/1000000000");
        other.get(stream, "/chunked/1000000000");
      }
      one.read(RawHttp2.DATA);
      other.read(RawHttp2.DATA);
      server.close();
      assertThat(server.connectionsOpen()).isZero();
      assertThat(log.messages()).isEmpty();
    }
    assertThat(census.survivors(Duration.ofSeconds(5))).isEmpty();
  }

  @Test
  void framesThatAreNoneCloseTheConnection() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(ONE_THREAD);
        RawHttp2 connection = RawHttp2.to(server);
        LogOf log = LogOf.start()) {
      connection.send(RawHttp2.DATA, 0, 1, new byte[100]);
      assertThat(connection.read(RawHttp2.GOAWAY).errorCode()).isEqualTo(PROTOCOL_ERROR);
      Eventually.holds(() -> server.connectionsOpen() == 0);
      assertThat(log.messages()).isEmpty();
    }
  }
}

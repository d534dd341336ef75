package io.gb.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.SeenThread;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A server, and runs against it one after another. */
final class Site implements AutoCloseable {

  static final int WORKERS = 7;
  static final int REQUESTS = 200;

  private final EmbeddedServer server = EmbeddedServer.start();
  private long connectionsBefore;

  Site() throws IOException {}

  Aftermath run(Variant variant, ThreadKind threads) throws IOException, InterruptedException {
    connectionsBefore = server.connectionsOpen();
    URI uri = server.uri("/10k.dat");
    return Aftermath.of(
        0, variant, threads, WORKERS, REQUESTS, () -> HttpSender.open(variant, uri, WORKERS));
  }

  static List<String> names(Aftermath aftermath) {
    return aftermath.threadsLeft().stream().map(SeenThread::name).toList();
  }

  /** The server learns a moment later that the other end has been closed. */
  void assertConnectionsLeft(int left) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (server.connectionsOpen() != connectionsBefore + left && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertThat(server.connectionsOpen() - connectionsBefore).isEqualTo(left);
  }

  @Override
  public void close() {
    server.close();
  }
}

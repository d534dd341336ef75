package io.gb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@NoThreadLeaks(ignoreNames = "junit-jupiter-timeout-watcher")
class CountersTest {

  @Test
  void newServerHasSeenNothing() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      assertThat(server.requestsReceived()).isZero();
      assertThat(server.connectionsAccepted()).isZero();
      assertThat(server.connectionsOpen()).isZero();
    }
  }

  @Test
  void requestsOnOneConnectionReuseIt() throws IOException, InterruptedException {
    try (HttpTester http = HttpTester.start()) {
      for (int i = 0; i < 100; i++) {
        http.get("/10k.dat");
      }
      assertThat(http.server().requestsReceived()).isEqualTo(100);
      assertThat(http.server().connectionsAccepted()).isEqualTo(1);
      assertThat(http.server().connectionsOpen()).isEqualTo(1);
    }
  }

  @Test
  void everyRequestAndEveryConnectionIsCountedOnce() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(ServerConfig.loopback().withIoThreads(3))) {
      List<RawConnection> connections = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        connections.add(RawConnection.to(server));
      }
      for (int round = 0; round < 4; round++) {
        for (RawConnection connection : connections) {
          connection.get(round % 2 == 0 ? "/10k.dat" : "/no/such/path").readHead();
          connection.skip(round % 2 == 0 ? 10_240 : "no such path: /no/such/path\n".length());
        }
      }
      assertThat(server.requestsReceived()).isEqualTo(200);
      assertThat(server.connectionsAccepted()).isEqualTo(50);
      assertThat(server.connectionsOpen()).isEqualTo(50);
      for (RawConnection connection : connections) {
        connection.close();
      }
      Eventually.holds(() -> server.connectionsOpen() == 0);
      assertThat(server.connectionsAccepted()).isEqualTo(50);
    }
  }

  @Test
  void connectionWithoutARequestCountsAsConnectionOnly() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      RawConnection.to(server).close();
      Eventually.holds(() -> server.connectionsAccepted() == 1);
      Eventually.holds(() -> server.connectionsOpen() == 0);
      assertThat(server.requestsReceived()).isZero();
    }
  }

  @Test
  void requestWithoutAHostIsRefusedAndNotCounted() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start();
        RawConnection connection = RawConnection.to(server)) {
      connection.send("GET /10k.dat HTTP/1.1");
      assertThat(connection.readLine()).startsWith("HTTP/1.1 400 ");
      assertThat(server.requestsReceived()).isZero();
    }
  }

  @Test
  void countersOutliveTheServer() throws IOException {
    EmbeddedServer server = EmbeddedServer.start();
    try (server;
        RawConnection connection = RawConnection.to(server)) {
      connection.get("/10k.dat").readHead();
    }
    assertThat(server.requestsReceived()).isEqualTo(1);
    assertThat(server.connectionsAccepted()).isEqualTo(1);
    assertThat(server.connectionsOpen()).isZero();
  }
}

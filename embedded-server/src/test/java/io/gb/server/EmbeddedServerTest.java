package io.gb.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.leaks.Census;
import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@NoThreadLeaks(ignoreNames = "junit-jupiter-timeout-watcher")
class EmbeddedServerTest {

  private static final Duration LINGER = Duration.ofSeconds(5);
  private static final Duration SHORT_LINGER = Duration.ofMillis(50);

  /** Starts the threads that a JVM starts once, so that they do not look like leaked ones. */
  @BeforeAll
  static void startThreadsOfTheJvm() throws IOException {
    EmbeddedServer server = EmbeddedServer.start();
    try (server) {
      assertThat(statusLine(server, "/10k.dat")).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void startListensOnAFreePortOfTheLoopbackAddress() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      assertThat(server.port()).isPositive();
      assertThat(server.uri()).isEqualTo(URI.create("http://127.0.0.1:" + server.port() + "/"));
      assertThat(statusLine(server, "/10k.dat")).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void twoServersListenSideBySide() throws IOException {
    try (EmbeddedServer one = EmbeddedServer.start();
        EmbeddedServer two = EmbeddedServer.start()) {
      assertThat(one.port()).isNotEqualTo(two.port());
      assertThat(statusLine(one, "/10k.dat")).isEqualTo(statusLine(two, "/10k.dat"));
    }
  }

  @Test
  void startListensOnTheLoopbackAddressOnly() throws IOException {
    Optional<InetAddress> other =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .findAny();
    assumeTrue(other.isPresent(), "this machine has the loopback address only");
    try (EmbeddedServer server = EmbeddedServer.start();
        Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(other.get(), server.port());
      assertThatIOException()
          .isThrownBy(() -> socket.connect(address))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void uriOfAPathKeepsItsQuery() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      assertThat(server.uri("/echo?a=b%20c"))
          .isEqualTo(URI.create(server.uri() + "echo?a=b%20c"))
          .hasPort(server.port());
    }
  }

  @Test
  void uriRefusesAPathThatDoesNotBeginWithASlash() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> server.uri("10k.dat"))
          .withMessage("path must begin with /: 10k.dat");
    }
  }

  @Test
  void ipv6AddressStandsInBrackets() throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 here");
    ServerConfig config = ServerConfig.loopback().withAddress(loopback);
    try (EmbeddedServer server = EmbeddedServer.start(config)) {
      assertThat(server.uri()).asString().matches("http://\\[0:0:0:0:0:0:0:1]:[0-9]+/");
      assertThat(statusLine(server, "/10k.dat")).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void serverOnEveryAddressIsNamedByItsLoopbackAddress() throws IOException {
    ServerConfig config =
        ServerConfig.loopback().withAddress(InetAddress.ofLiteral("0.0.0.0")).withIoThreads(2);
    try (EmbeddedServer server = EmbeddedServer.start(config)) {
      assertThat(server.uri().getHost()).isEqualTo("127.0.0.1");
      assertThat(statusLine(server, "/10k.dat")).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void closeTwiceIsHarmless() throws IOException {
    EmbeddedServer server = EmbeddedServer.start();
    server.close();
    server.close();
    assertThat(server.port()).isPositive();
  }

  @Test
  void closeReleasesThePort() throws IOException {
    EmbeddedServer first = EmbeddedServer.start();
    int port = first.port();
    try (first;
        RawConnection connection = RawConnection.to(first)) {
      connection.get("/10k.dat").readHead();
    }
    try (EmbeddedServer second = EmbeddedServer.start(ServerConfig.loopback().withPort(port))) {
      assertThat(second.port()).isEqualTo(port);
      assertThat(statusLine(second, "/10k.dat")).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void closeCutsOffARequestInFlight() throws IOException {
    EmbeddedServer server = EmbeddedServer.start(ServerConfig.loopback().withIoThreads(1));
    try (server;
        RawConnection connection = RawConnection.to(server)) {
      connection.get("/delay/3600000");
      Eventually.holds(() -> server.requestsReceived() == 1);
      // The one I/O thread answers this only after it has begun the delay.
      assertThat(statusLine(server, "/10k.dat")).isEqualTo("HTTP/1.1 200 OK");
      server.close();
      assertThat(restOf(connection)).isEmpty();
      assertThat(server.connectionsOpen()).isZero();
    }
  }

  @Test
  void closeLeavesNoThread() throws IOException, InterruptedException {
    Census census = ThreadLeaks.census();
    EmbeddedServer server = EmbeddedServer.start(ServerConfig.loopback().withIoThreads(3));
    try (server;
        RawConnection connection = RawConnection.to(server)) {
      connection.get("/bytes/1000000000").readHead();
      connection.skip(1_000_000);
    }
    assertThat(census.survivors(LINGER)).isEmpty();
  }

  @Test
  void threadsOfAnOpenServerAreSeenAndNamed() throws IOException, InterruptedException {
    Census census = ThreadLeaks.census();
    ServerConfig config = ServerConfig.loopback().withIoThreads(2);
    try (EmbeddedServer server = EmbeddedServer.start(config)) {
      assertThat(statusLine(server, "/10k.dat")).isEqualTo("HTTP/1.1 200 OK");
      assertThat(census.survivors(SHORT_LINGER))
          .extracting(thread -> thread.name().replaceFirst("[0-9]+", "#"))
          .containsExactlyInAnyOrder(
              "gb-server-# I/O-1", "gb-server-# I/O-2", "gb-server-# Accept");
    }
  }

  @Test
  void concurrentClosesAllReturnAfterTheEnd() throws IOException {
    EmbeddedServer server = EmbeddedServer.start();
    CompletableFuture<Boolean> other =
        CompletableFuture.supplyAsync(() -> {
          server.close();
          return noServerThreadIsAlive();
        });
    server.close();
    assertThat(noServerThreadIsAlive()).isTrue();
    assertThat(other.join()).isTrue();
  }

  @Test
  void interruptedCloseStillWaitsAndKeepsTheInterrupt() throws IOException, InterruptedException {
    Census census = ThreadLeaks.census();
    EmbeddedServer server = EmbeddedServer.start();
    Thread.currentThread().interrupt();
    server.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(census.survivors(Duration.ZERO)).isEmpty();
  }

  @Test
  void takenPortIsNamedAndLeavesNoThread() throws IOException, InterruptedException {
    try (EmbeddedServer first = EmbeddedServer.start()) {
      Census census = ThreadLeaks.census();
      ServerConfig config = ServerConfig.loopback().withPort(first.port());
      assertThatIOException()
          .isThrownBy(() -> EmbeddedServer.start(config))
          .withMessageStartingWith("cannot listen on 127.0.0.1:" + first.port() + ": ");
      assertThat(census.survivors(Duration.ZERO)).isEmpty();
    }
  }

  private static String statusLine(EmbeddedServer server, String path) throws IOException {
    try (RawConnection connection = RawConnection.to(server)) {
      return connection.get(path).readHead().getFirst();
    }
  }

  private static String restOf(RawConnection connection) throws IOException {
    try {
      return new String(connection.readToEnd(), ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    }
  }

  private static boolean noServerThreadIsAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().startsWith("gb-server-"));
  }
}

package io.gb.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees that starts and closes servers: nothing, and it ends. */
@Timeout(60)
@NoThreadLeaks(ignoreNames = "junit-jupiter-timeout-watcher")
class QuietnessTest {

  /** Run in a JVM of its own. Servers close while clients still connect as fast as they can. */
  static final class Program {

    private static final int CONNECTIONS = 100;

    private Program() {}

    /** How many servers to start and close one after another, and whether they speak https. */
    public static void main(String[] args) throws Exception {
      int servers = Integer.parseInt(args[0]);
      for (int i = 0; i < servers; i++) {
        closeWhileClientsConnect(Boolean.parseBoolean(args[1]));
      }
    }

    private static void closeWhileClientsConnect(boolean https) throws Exception {
      ServerConfig config = ServerConfig.loopback().withIoThreads(2);
      AtomicBoolean closed = new AtomicBoolean();
      List<Thread> clients = new ArrayList<>();
      try (EmbeddedServer server = EmbeddedServer.start(https ? config.withHttps() : config)) {
        for (int i = 0; i < 4; i++) {
          clients.add(Thread.ofPlatform().start(() -> connectUntil(closed, server.port())));
        }
        Eventually.holds(() -> server.connectionsAccepted() > CONNECTIONS);
      }
      closed.set(true);
      for (Thread client : clients) {
        client.join();
      }
    }

    private static void connectUntil(AtomicBoolean closed, int port) {
      while (!closed.get()) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
          socket.getOutputStream().write("GET /10k.dat HTTP/1.0\r\n\r\n".getBytes(UTF_8));
          socket.getInputStream().readAllBytes();
        } catch (IOException refused) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  void nothingIsPrintedAndTheProgramEnds() throws IOException, InterruptedException {
    assertThat(linesPrintedBy(20, false, List.of())).isEmpty();
  }

  @Test
  void nothingIsPrintedOfClientsThatSpeakNoTls() throws IOException, InterruptedException {
    assertThat(linesPrintedBy(3, true, List.of())).isEmpty();
  }

  @Test
  void bannersAreSeenWhereTheApplicationAsksForThem(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path logging = folder.resolve("logging.properties");
    Files.writeString(
        logging,
        """
        handlers = java.util.logging.ConsoleHandler
        org.xnio.level = INFO
        """);
    assertThat(linesPrintedBy(1, false, List.of("-Djava.util.logging.config.file=" + logging)))
        .anyMatch(line -> line.contains("XNIO version"));
  }

  private static List<String> linesPrintedBy(int servers, boolean https, List<String> jvmOptions)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    command.add(Integer.toString(servers));
    command.add(Boolean.toString(https));
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader output = program.inputReader(UTF_8)) {
      List<String> lines = output.lines().toList();
      assertThat(program.waitFor()).isZero();
      return lines;
    } finally {
      program.destroyForcibly();
    }
  }
}

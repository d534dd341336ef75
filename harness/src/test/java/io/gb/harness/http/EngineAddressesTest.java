package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.fixture.SelfSigned;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several addresses of a server connections are made to. */
@EngineConformance
@NoThreadLeaks
class EngineAddressesTest {

  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final EngineKind kind;

  EngineAddressesTest(EngineKind kind) {
    this.kind = kind;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void addressThatRefusesIsPassedOver(boolean tls)
      throws IOException, InterruptedException, GeneralSecurityException {
    InetSocketAddress refusing = local(ScriptedServer.unusedPort());
    InetSocketAddress refusing6 =
        new InetSocketAddress(InetAddress.ofLiteral("::1"), refusing.getPort());
    ScriptedServer.Script script = (connection, request) -> Answer.ok("hello");
    try (ScriptedServer server =
        tls
            ? ScriptedServer.startTls(SelfSigned.context(), script)
            : ScriptedServer.start(script)) {
      EngineRun run = EngineRun.of(kind, server.port()).connections(2);
      EngineRun.Result result =
          (tls ? run.withTls() : run)
              .to(refusing6, refusing, local(server.port()))
              .send(EngineRun.get("/"), 10);
      assertThat(result.completed()).hasSize(10);
      assertThat(result.end().addresses())
          .extracting(AddressCount::opened)
          .containsExactly(0L, 0L, 10L);
    }
  }

  @Test
  void addressThatDoesNotAnswerCostsAQuarterOfASecondOnce()
      throws IOException, InterruptedException {
    try (Deaf deaf = new Deaf();
        ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      List<Outcome.Completed> completed =
          EngineRun.of(kind, server.port())
              .timeout(DEADLINE)
              .to(deaf.address(), local(server.port()))
              .send(EngineRun.get("/"), 5)
              .completed();
      assertThat(completed).hasSize(5);
      assertThat(completed.getFirst().totalNanos())
          .isBetween(Duration.ofMillis(240).toNanos(), Duration.ofSeconds(2).toNanos());
      assertThat(completed.getFirst().connectNanos()).isLessThan(completed.getFirst().totalNanos());
      assertThat(completed.subList(1, 5))
          .allMatch(later -> later.totalNanos() < Duration.ofMillis(240).toNanos());
    }
  }

  @Test
  void nextAddressIsTriedBeforeAShortDeadline() throws IOException, InterruptedException {
    try (Deaf deaf = new Deaf();
        ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      assertThat(
              EngineRun.of(kind, server.port())
                  .timeout(Duration.ofMillis(300))
                  .to(deaf.address(), local(server.port()))
                  .send(EngineRun.get("/"), 1)
                  .completed())
          .hasSize(1);
    }
  }

  @Test
  void noAddressAnswersUntilTheDeadline() throws IOException, InterruptedException {
    try (Deaf deaf = new Deaf()) {
      Outcome.Failed failed =
          EngineRun.of(kind, 1)
              .timeout(Duration.ofSeconds(1))
              .to(deaf.address(), deaf.address())
              .send(EngineRun.get("/"), 1)
              .onlyFailed();
      assertThat(failed.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(failed.cause()).hasMessageEndingWith("the time ran out while connecting");
      assertThat(failed.totalNanos()).isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    }
  }

  @Test
  void allRefuse() throws IOException, InterruptedException {
    InetSocketAddress refusing = local(ScriptedServer.unusedPort());
    Outcome.Failed failed =
        EngineRun.of(kind, 1).to(refusing, refusing).send(EngineRun.get("/"), 1).onlyFailed();
    assertThat(failed.kind()).isEqualTo(ErrorKind.CONNECT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connectionsGoToAllAddressesInTurnIfAsked(boolean keepAlive)
      throws IOException, InterruptedException {
    try (ScriptedServer one = ScriptedServer.start(Answer.ok("hello"));
        ScriptedServer other = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun run =
          EngineRun.of(kind, 1)
              .connections(6)
              .to(local(one.port()), local(other.port()))
              .transport(new Transport(0, null, true, null, TlsOptions.LENIENT));
      EngineRun.Result result =
          (keepAlive ? run.withKeepAlive() : run).send(EngineRun.get("/"), 60);
      long each = keepAlive ? 3 : 30;
      assertThat(result.completed()).hasSize(60);
      assertThat(result.end().addresses())
          .containsExactly(
              new AddressCount(local(one.port()), each),
              new AddressCount(local(other.port()), each));
      assertThat(one.connectionsAccepted()).isEqualTo((int) each);
      assertThat(other.connectionsAccepted()).isEqualTo((int) each);
    }
  }

  @Test
  void connectionsGoToTheFirstAddressIfNotAsked() throws IOException, InterruptedException {
    try (ScriptedServer one = ScriptedServer.start(Answer.ok("hello"));
        ScriptedServer other = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, 1)
              .connections(6)
              .to(local(one.port()), local(other.port()))
              .send(EngineRun.get("/"), 20);
      assertThat(result.completed()).hasSize(20);
      assertThat(other.connectionsAccepted()).isZero();
    }
  }

  @Test
  void connectionsOfAnAddressThatRefusesGoToTheNext() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun.Result result =
          EngineRun.of(kind, 1)
              .connections(2)
              .to(local(ScriptedServer.unusedPort()), local(server.port()))
              .transport(new Transport(0, null, true, null, TlsOptions.LENIENT))
              .send(EngineRun.get("/"), 10);
      assertThat(result.completed()).hasSize(10);
      assertThat(result.end().addresses())
          .extracting(AddressCount::opened)
          .containsExactly(0L, 10L);
    }
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  /** A port whose queue of connections is full, so that attempts to connect get no answer. */
  private static final class Deaf implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 1, local(0).getAddress());
    private final List<Socket> waiting = new ArrayList<>();

    Deaf() throws IOException {
      while (true) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(address(), 200);
        } catch (SocketTimeoutException e) {
          return;
        }
      }
    }

    InetSocketAddress address() {
      return local(listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      listener.close();
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }
}

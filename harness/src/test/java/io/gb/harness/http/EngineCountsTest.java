package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How many requests and connections there are, as both sides count them. */
@EngineConformance
@NoThreadLeaks
class EngineCountsTest {

  private static final int TEN_K = 10_240;

  private final EngineKind kind;

  EngineCountsTest(EngineKind kind) {
    this.kind = kind;
  }

  static Stream<Arguments> jobsAndConnections() {
    return IntStream.of(1, 9, 10, 101, 2000)
        .boxed()
        .flatMap(jobs ->
            Stream.of(1, 2, Math.min(jobs, 100))
                .distinct()
                .filter(connections -> connections <= jobs)
                .map(connections -> Arguments.of(jobs, connections)));
  }

  @ParameterizedTest(name = "{0} jobs on {1} connections")
  @MethodSource("jobsAndConnections")
  void keepAliveSendsExactlyTheJobsOnExactlyTheConnections(int jobs, int connections)
      throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .connections(connections)
              .withKeepAlive()
              .send(EngineRun.get("/10k.dat"), jobs);
      assertThat(result.completed())
          .hasSize(jobs)
          .allSatisfy(completed -> {
            assertThat(completed.status()).isEqualTo(200);
            assertThat(completed.bodyBytes()).isEqualTo(TEN_K);
            assertThat(completed.bytesReceived()).isGreaterThan(TEN_K);
            assertThat(completed.bytesSent()).isPositive();
          });
      assertThat(result.byConnection()).noneMatch(List::isEmpty);
      assertThat(result.end().recalled()).isZero();
      assertThat(result.connections())
          .returns((long) connections, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      assertThat(server.requestsReceived()).isEqualTo(jobs);
      assertThat(server.connectionsAccepted()).isEqualTo(connections);
    }
  }

  @ParameterizedTest(name = "{0} jobs on {1} connections")
  @CsvSource({"1, 1", "10, 1", "101, 2", "101, 100"})
  void withoutKeepAliveEachJobHasAConnectionOfItsOwn(int jobs, int connections)
      throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .connections(connections)
              .send(EngineRun.get("/10k.dat"), jobs);
      assertThat(result.completed()).hasSize(jobs).noneMatch(Outcome.Completed::keptAlive);
      assertThat(result.connections())
          .returns((long) jobs, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      assertThat(server.requestsReceived()).isEqualTo(jobs);
      assertThat(server.connectionsAccepted()).isEqualTo(jobs);
    }
  }

  @ParameterizedTest(name = "{0} jobs on {1} connections")
  @CsvSource({"10, 1", "101, 2"})
  void aServerThatClosesEachTimeIsConnectedToEachTime(int jobs, int connections)
      throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .connections(connections)
              .withKeepAlive()
              .send(EngineRun.get("/close"), jobs);
      assertThat(result.completed()).hasSize(jobs).noneMatch(Outcome.Completed::keptAlive);
      assertThat(result.connections())
          .returns((long) jobs, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      assertThat(server.connectionsAccepted()).isEqualTo(jobs);
    }
  }

  @ParameterizedTest(name = "{0} jobs on {1} connections")
  @CsvSource({"0, 1", "0, 3", "1, 2", "3, 5"})
  void connectionsThatGetNoJobAreNotOpened(int jobs, int connections)
      throws IOException, InterruptedException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      EngineRun.Result result =
          EngineRun.of(kind, server.port())
              .connections(connections)
              .withKeepAlive()
              .send(EngineRun.get("/10k.dat"), jobs);
      assertThat(result.completed()).hasSize(jobs);
      assertThat(result.connections())
          .returns((long) jobs, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      assertThat(server.connectionsAccepted()).isEqualTo(jobs);
    }
  }
}

package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.LeftBehind;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an engine ends: by itself, by being told, in the middle, never started. Nothing is left. */
@EngineConformance
@NoThreadLeaks
class EngineEndTest {

  private static final Answer HANGING = Answer.nothing().thenHang();

  private final EngineKind kind;

  EngineEndTest(EngineKind kind) {
    this.kind = kind;
  }

  @Test
  void abortRecallsWhatIsUnderWay() throws IOException, InterruptedException {
    LeftBehind left = LeftBehind.fromNow();
    LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 5);
    try (ScriptedServer server = ScriptedServer.start(HANGING);
        Engine engine = run(server).connections(5).open()) {
      jobs.close();
      CompletableFuture<EngineEnd> running = engine.start(jobs, connection -> outcomes::add);
      server.awaitRequests(5);
      assertThat(running).isNotDone();
      engine.abort();
      EngineEnd end = EngineRun.await(running);
      assertThat(end.recalled()).isEqualTo(5);
      assertThat(end.connections())
          .returns(5L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
      assertThat(outcomes).isEmpty();
      server.awaitNoneOpen();
    }
    assertThat(left.names()).isEmpty();
  }

  @Test
  void abortKeepsWhatWasDoneBefore() throws IOException, InterruptedException {
    LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 4);
    try (ScriptedServer server =
            ScriptedServer.start(
                (connection, request) -> request == 3 ? HANGING : Answer.ok("hello"));
        Engine engine = run(server).open()) {
      jobs.close();
      CompletableFuture<EngineEnd> running = engine.start(jobs, connection -> outcomes::add);
      server.awaitRequests(4);
      engine.abort();
      EngineEnd end = EngineRun.await(running);
      assertThat(end.recalled()).isEqualTo(1);
      assertThat(outcomes).hasSize(3).allMatch(outcome -> outcome instanceof Outcome.Completed);
    }
  }

  @Test
  void abortRecallsAHandshakeUnderWay() throws IOException, InterruptedException {
    LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 2);
    try (ScriptedServer server = ScriptedServer.start(HANGING.unasked());
        Engine engine = run(server).connections(2).withTls().open()) {
      jobs.close();
      CompletableFuture<EngineEnd> running = engine.start(jobs, connection -> outcomes::add);
      server.awaitConnections(2);
      engine.abort();
      EngineEnd end = EngineRun.await(running);
      assertThat(end.recalled()).isEqualTo(2);
      assertThat(outcomes).isEmpty();
    }
  }

  @Test
  void connectionEndsWithTheFirstJobItTakesAfterAbort() throws IOException, InterruptedException {
    LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 1);
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"));
        Engine engine = run(server).open()) {
      CompletableFuture<EngineEnd> running = engine.start(jobs, connection -> outcomes::add);
      assertThat(outcomes.take()).isInstanceOf(Outcome.Completed.class);
      engine.abort();
      jobs.put(EngineRun.get("/"));
      jobs.put(EngineRun.get("/"));
      jobs.close();
      EngineEnd end = EngineRun.await(running);
      assertThat(end.recalled()).isEqualTo(kind == EngineKind.LOOP ? 0 : 1);
      assertThat(end.recalled() + end.unstarted() + jobs.size()).isEqualTo(2);
      assertThat(outcomes).isEmpty();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void abortBeforeTheStartLetsEachConnectionTakeOneJobAtMost()
      throws IOException, InterruptedException {
    LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 10);
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"));
        Engine engine = run(server).connections(3).open()) {
      jobs.close();
      engine.abort();
      EngineEnd end = EngineRun.await(engine.start(jobs, connection -> outcomes::add));
      assertThat(end.recalled()).isEqualTo(kind == EngineKind.LOOP ? 0 : 3);
      assertThat(end.recalled() + end.unstarted() + jobs.size()).isEqualTo(10);
      assertThat(outcomes).isEmpty();
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void abortWhenAllIsDoneChangesNothing() throws IOException, InterruptedException {
    LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 10);
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"));
        Engine engine = run(server).connections(3).open()) {
      jobs.close();
      EngineEnd end = EngineRun.await(engine.start(jobs, connection -> outcomes::add));
      engine.abort();
      assertThat(end.recalled()).isZero();
      assertThat(outcomes).hasSize(10);
    }
  }

  @Test
  void allConnectionsAreClosedWhenTheQueueIsDrained() throws IOException, InterruptedException {
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 10);
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"));
        Engine engine = run(server).connections(3).open()) {
      jobs.close();
      EngineRun.await(engine.start(jobs, connection -> outcome -> {}));
      server.awaitNoneOpen();
      assertThat(server.connectionsAccepted()).isEqualTo(3);
    }
  }

  @Test
  void closeWithoutStartLeavesNothing() throws IOException, InterruptedException {
    LeftBehind left = LeftBehind.fromNow();
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      Engine engine = run(server).connections(10).open();
      engine.close();
      assertThat(server.connectionsAccepted()).isZero();
    }
    assertThat(left.names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void closeEndsWorkersThatWaitForJobs(boolean someHaveWorked)
      throws IOException, InterruptedException {
    LeftBehind left = LeftBehind.fromNow();
    LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), someHaveWorked ? 2 : 0);
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      Engine engine = run(server).connections(5).open();
      CompletableFuture<EngineEnd> end = engine.start(jobs, connection -> outcomes::add);
      if (someHaveWorked) {
        outcomes.take();
        outcomes.take();
      }
      assertThat(left.names())
          .contains(
              kind == EngineKind.LOOP
                  ? new String[] {"gb-loop-0", "gb-feed-0"}
                  : new String[] {"gb-worker-0", "gb-worker-4"});
      engine.close();
      assertThat(end).isDone();
      assertThat(left.names()).isEmpty();
      server.awaitNoneOpen();
      assertThat(jobs.isClosed()).isFalse();
    }
  }

  @Test
  void closeCutsWhatIsUnderWay() throws IOException, InterruptedException {
    LeftBehind left = LeftBehind.fromNow();
    LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 20);
    try (ScriptedServer server = ScriptedServer.start(HANGING)) {
      Engine engine = run(server).connections(5).open();
      CompletableFuture<EngineEnd> end = engine.start(jobs, connection -> outcomes::add);
      server.awaitRequests(5);
      engine.close();
      assertThat(end).isDone();
      assertThat(end.join().recalled()).isEqualTo(5);
      assertThat(jobs.size() + end.join().unstarted()).isEqualTo(15);
      assertThat(outcomes).isEmpty();
      assertThat(left.names()).isEmpty();
      server.awaitNoneOpen();
    }
  }

  @Test
  void closeTwiceIsHarmless() throws IOException, InterruptedException {
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 3);
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"));
        Engine engine = run(server).open()) {
      jobs.close();
      EngineEnd end = EngineRun.await(engine.start(jobs, connection -> outcome -> {}));
      closeTwice(engine);
      assertThat(end.connections())
          .returns(1L, ConnectionCounts::opened)
          .returns(0L, ConnectionCounts::closedByServer);
    }
  }

  @Test
  void closeByAnInterruptedThreadWaitsAllTheSame() throws IOException, InterruptedException {
    LeftBehind left = LeftBehind.fromNow();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 5);
    try (ScriptedServer server = ScriptedServer.start(HANGING)) {
      Engine engine = run(server).connections(5).open();
      CompletableFuture<EngineEnd> end = engine.start(jobs, connection -> outcome -> {});
      server.awaitRequests(5);
      Thread.currentThread().interrupt();
      engine.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(end).isDone();
      assertThat(left.names()).isEmpty();
    }
  }

  @Test
  void startIsForOnce() throws IOException, InterruptedException {
    LeftBehind left = LeftBehind.fromNow();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 3);
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"));
        Engine engine = run(server).open()) {
      jobs.close();
      EngineRun.await(engine.start(jobs, connection -> outcome -> {}));
      assertThatIllegalStateException()
          .isThrownBy(() -> engine.start(jobs, connection -> outcome -> {}))
          .withMessage("already started");
    }
    assertThat(left.names()).isEmpty();
  }

  @Test
  void startThatFailsLeavesNothing() throws IOException {
    LeftBehind left = LeftBehind.fromNow();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 3);
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      Engine engine = run(server).open();
      try (engine) {
        assertThatIllegalStateException()
            .isThrownBy(() ->
                engine.start(
                    jobs,
                    connection -> {
                      throw new IllegalStateException("no sink");
                    }))
            .withMessage("no sink");
      }
    }
    assertThat(left.names()).isEmpty();
  }

  /** Stands for whatever allocates when the heap is full. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void errorEndsTheEngineAndKeepsWhatWasRecorded(boolean inTheSink)
      throws IOException, InterruptedException {
    LeftBehind left = LeftBehind.fromNow();
    OutOfMemoryError full = new OutOfMemoryError("planted");
    AtomicInteger count = new AtomicInteger();
    LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    JobQueue<Job> jobs = EngineRun.queueOf(EngineRun.get("/"), 100);
    Runnable fails =
        () -> {
          if (count.incrementAndGet() == 50) {
            throw full;
          }
        };
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"));
        Engine engine =
            run(server)
                .connections(5)
                .listener((job, status, head) -> {
                  if (!inTheSink) {
                    fails.run();
                  }
                })
                .open()) {
      EngineEnd end =
          engine
              .start(
                  jobs,
                  connection ->
                      outcome -> {
                        if (inTheSink) {
                          fails.run();
                        }
                        outcomes.add(outcome);
                      })
              .join();
      assertThat(end.failure()).containsSame(full);
      assertThat(jobs.isClosed()).isTrue();
      assertThat(outcomes).hasSizeBetween(49, 98).allMatch(one -> one instanceof Outcome.Completed);
      assertThat(outcomes.size() + end.recalled() + end.unstarted() + jobs.size())
          .isBetween(99L, 100L);
    }
    assertThat(left.names()).isEmpty();
  }

  /** A listener that throws, even twice in a row, fails its own request and no other. */
  @ParameterizedTest
  @CsvSource({"true, 2", "false, 2", "true, 5"})
  void listenerThatThrowsFailsItsOwnRequestOnly(boolean keepAlive, int times)
      throws IOException, InterruptedException {
    AtomicInteger count = new AtomicInteger();
    try (ScriptedServer server = ScriptedServer.start(Answer.ok("hello"))) {
      EngineRun run =
          EngineRun.of(kind, server.port())
              .listener((job, status, head) -> {
                if (count.incrementAndGet() <= times) {
                  throw new IllegalStateException("planted");
                }
              });
      EngineRun.Result result = (keepAlive ? run.withKeepAlive() : run).send(EngineRun.get("/"), 9);
      assertThat(result.outcomes())
          .extracting(
              outcome -> outcome instanceof Outcome.Failed failed ? failed.kind().name() : "ok")
          .containsExactlyElementsOf(
              IntStream.range(0, 9).mapToObj(i -> i < times ? "OTHER" : "ok").toList());
      assertThat(server.requests()).hasSize((int) result.connections().requestsSent());
    }
  }

  private static void closeTwice(Engine engine) {
    engine.close();
    engine.close();
  }

  private EngineRun run(ScriptedServer server) {
    return EngineRun.of(kind, server.port()).withKeepAlive();
  }
}

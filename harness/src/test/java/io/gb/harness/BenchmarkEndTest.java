package io.gb.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.Eventually;
import io.gb.harness.fixture.LeftBehind;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.http.EngineKind;
import io.gb.harness.http.ExchangeListener;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.load.EndReason;
import io.gb.harness.stats.Progress;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How runs end. After each of these tests, whatever it was about, no thread and no connection of
 * the run may be left; the servers are closed only after that look.
 */
@EveryEngine
@NoThreadLeaks
class BenchmarkEndTest {

  private static final long MANY = 1_000_000_000;
  private static final int GIVE_UP_AFTER = 10;
  private static final Answer HANGING = Answer.nothing().thenHang();

  private final EngineKind kind;
  private LeftBehind left;
  private EmbeddedServer quick;
  private ScriptedServer silent;

  BenchmarkEndTest(EngineKind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void startServers() throws IOException {
    quick = EmbeddedServer.start();
    silent = ScriptedServer.start(HANGING);
    left = LeftBehind.fromNow();
  }

  @AfterEach
  void nothingIsLeft() throws IOException, InterruptedException {
    try (EmbeddedServer one = quick;
        ScriptedServer two = silent) {
      assertThat(left.names()).isEmpty();
      two.awaitNoneOpen();
      Eventually.holds(() -> one.connectionsOpen() == 0);
    }
  }

  @Test
  void runThatIsDoneHasFinished() throws IOException {
    BenchmarkResult result = Benchmark.run(to(quick).requests(300).concurrency(10).build());
    assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(result.longestUnderWay()).isZero();
    assertSumsUp(result);
  }

  @Test
  void timeLimitEndsARunThatIsNotDone() throws IOException {
    Duration limit = Duration.ofMillis(500);
    BenchmarkResult result =
        Benchmark.run(
            to(quick).requests(MANY).concurrency(10).keepAlive(true).timeLimit(limit).build());
    assertThat(result.endReason()).isEqualTo(EndReason.TIME_LIMIT);
    assertThat(result.elapsed()).isGreaterThanOrEqualTo(limit);
    assertThat(result.completed()).isPositive();
    assertThat(result.failed()).isZero();
    assertThat(result.recalled()).isLessThanOrEqualTo(10);
    assertThat(result.connections().opened()).isBetween(1L, 10L);
    assertThat(quick.requestsReceived())
        .isBetween(result.completed(), result.completed() + result.recalled());
    assertSumsUp(result);
  }

  @Test
  void timeLimitEndsARunThatGetsNoAnswer() throws IOException {
    Duration limit = Duration.ofMillis(300);
    BenchmarkResult result =
        Benchmark.run(to(silent).requests(MANY).concurrency(10).timeLimit(limit).build());
    assertThat(result.endReason()).isEqualTo(EndReason.TIME_LIMIT);
    assertThat(result.elapsed()).isGreaterThanOrEqualTo(limit);
    assertThat(result.completed()).isZero();
    assertThat(result.failed()).isZero();
    assertThat(result.recalled()).isEqualTo(1);
    assertThat(result.issued()).isEqualTo(1);
    assertSumsUp(result);
  }

  @Test
  void timeLimitAloneIsTheOnlyLimit() throws IOException {
    Duration limit = Duration.ofMillis(300);
    BenchmarkResult result = Benchmark.run(to(quick).keepAlive(true).timeLimit(limit).build());
    assertThat(result.endReason()).isEqualTo(EndReason.TIME_LIMIT);
    assertThat(result.elapsed()).isGreaterThanOrEqualTo(limit);
    assertSumsUp(result);
  }

  /** Of those that hang, the first hangs longest. */
  @Test
  void oldestRequestUnderWayHasAnAge() throws IOException, InterruptedException {
    Answer[] first = {Answer.ok("hello"), HANGING};
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) -> first[Math.min(request, 1)])) {
      Benchmark benchmark =
          new Benchmark(
              BenchmarkConfig.builder(server.uri("/"))
                  .engine(kind)
                  .requests(MANY)
                  .concurrency(3)
                  .keepAlive(true)
                  .build());
      long before = System.nanoTime();
      RunInBackground run = RunInBackground.start(benchmark);
      server.awaitRequests(4);
      long hanging = System.nanoTime();
      server.awaitRequests(6);
      Eventually.holds(() -> System.nanoTime() - hanging > Duration.ofMillis(200).toNanos());
      long atLeast = System.nanoTime() - hanging;
      benchmark.cancel();
      BenchmarkResult result = run.result();
      assertThat(result.recalled()).isEqualTo(3);
      assertThat(result.longestUnderWay())
          .isBetween(Duration.ofNanos(atLeast), Duration.ofNanos(System.nanoTime() - before));
    }
  }

  @Test
  void timeLimitThatIsNotReachedChangesNothing() throws IOException {
    BenchmarkResult result =
        Benchmark.run(to(quick).requests(10).timeLimit(Duration.ofSeconds(50)).build());
    assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
  }

  @Test
  void cancelBeforeTheRunEndsItAtOnce() throws IOException {
    Benchmark benchmark =
        new Benchmark(to(silent).requests(MANY).concurrency(10).keepAlive(true).build());
    benchmark.cancel();
    BenchmarkResult result = benchmark.run();
    assertThat(result.endReason()).isEqualTo(EndReason.CANCELLED);
    assertThat(result.completed() + result.failed()).isZero();
    assertSumsUp(result);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void cancelEndsARunThatWaitsForAnswers(int connections) throws IOException, InterruptedException {
    Answer[] first = {Answer.ok("hello"), HANGING};
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) -> first[Math.min(request, 1)])) {
      Benchmark benchmark =
          new Benchmark(
              BenchmarkConfig.builder(server.uri("/"))
                  .engine(kind)
                  .requests(MANY)
                  .concurrency(connections)
                  .keepAlive(true)
                  .build());
      RunInBackground run = RunInBackground.start(benchmark);
      server.awaitRequests(2 * connections);
      assertThat(benchmark.progress()).isEqualTo(new Progress(connections, 0, 0));
      benchmark.cancel();
      BenchmarkResult result = run.result();
      assertThat(result.endReason()).isEqualTo(EndReason.CANCELLED);
      assertThat(result.completed()).isEqualTo(connections);
      assertThat(result.recalled()).isEqualTo(connections);
      assertThat(result.unsent()).isGreaterThanOrEqualTo(result.recalled());
      assertSumsUp(result);
      server.awaitNoneOpen();
    }
  }

  @Test
  void cancelEndsARunAtFullSpeed() throws IOException, InterruptedException {
    Benchmark benchmark =
        new Benchmark(to(quick).requests(MANY).concurrency(10).keepAlive(true).build());
    RunInBackground run = RunInBackground.start(benchmark);
    Eventually.holds(() -> benchmark.progress().ended() > 1000);
    benchmark.cancel();
    BenchmarkResult result = run.result();
    assertThat(result.endReason()).isEqualTo(EndReason.CANCELLED);
    assertThat(result.completed()).isGreaterThan(1000);
    assertThat(result.failed()).isZero();
    assertSumsUp(result);
  }

  /** Between the last outcome and the end of the run there is a moment, which some rounds hit. */
  @Test
  void cancelBehindTheLastOutcomeCutsNothingShort() throws IOException, InterruptedException {
    for (int round = 0; round < 100; round++) {
      Benchmark benchmark = new Benchmark(to(quick).requests(20).keepAlive(true).build());
      RunInBackground run = RunInBackground.start(benchmark);
      while (benchmark.progress().ended() < 20) {
        Thread.onSpinWait();
      }
      benchmark.cancel();
      assertThat(run.result().endReason()).isEqualTo(EndReason.FINISHED);
    }
  }

  @Test
  void cancelAfterTheRunChangesNothing() throws IOException {
    Benchmark benchmark = new Benchmark(to(quick).requests(10).build());
    BenchmarkResult result = benchmark.run();
    benchmark.cancel();
    assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(benchmark.progress()).isEqualTo(new Progress(10, 0, 0));
  }

  @Test
  void interruptCancelsTheRunAndIsKept() throws IOException, InterruptedException {
    AtomicReference<Thread> runner = new AtomicReference<>(Thread.currentThread());
    Thread interrupter =
        Thread.ofPlatform()
            .name("interrupter")
            .start(() -> {
              try {
                silent.awaitRequests(1);
                runner.get().interrupt();
              } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the interrupter", e);
              }
            });
    BenchmarkResult result = Benchmark.run(to(silent).requests(MANY).concurrency(10).build());
    boolean interrupted = Thread.interrupted();
    interrupter.join();
    assertThat(interrupted).isTrue();
    assertThat(result.endReason()).isEqualTo(EndReason.CANCELLED);
    assertThat(result.recalled()).isEqualTo(1);
    assertSumsUp(result);
  }

  @Test
  void interruptBeforeTheRunCancelsItAndIsKept() throws IOException {
    Thread.currentThread().interrupt();
    BenchmarkResult result =
        Benchmark.run(to(silent).requests(MANY).concurrency(10).keepAlive(true).build());
    boolean interrupted = Thread.interrupted();
    assertThat(interrupted).isTrue();
    assertThat(result.endReason()).isEqualTo(EndReason.CANCELLED);
    assertSumsUp(result);
  }

  @ParameterizedTest(name = "{0} connections")
  @ValueSource(ints = {1, 5, 50})
  void portThatNobodyListensOnIsGivenUp(int connections) throws IOException {
    BenchmarkResult result =
        Benchmark.run(
            to(ScriptedServer.unusedPort())
                .requests(100_000)
                .concurrency(connections)
                .keepAlive(true)
                .build());
    assertThat(result.endReason()).isEqualTo(EndReason.GAVE_UP);
    assertThat(result.completed()).isZero();
    assertThat(result.failed()).isEqualTo(GIVE_UP_AFTER);
    assertThat(result.summary().errors()).containsOnlyKeys(ErrorKind.CONNECT);
    assertSumsUp(result);
  }

  @Test
  void serverThatOnlyFailsIsGivenUp() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(Answer.nothing().thenClose())) {
      BenchmarkResult result = Benchmark.run(to(server).requests(100_000).concurrency(3).build());
      assertThat(result.endReason()).isEqualTo(EndReason.GAVE_UP);
      assertThat(result.failed()).isEqualTo(GIVE_UP_AFTER);
      assertThat(server.connectionsAccepted()).isEqualTo(GIVE_UP_AFTER);
      server.awaitNoneOpen();
      assertSumsUp(result);
    }
  }

  @Test
  void fewerRequestsThanItTakesToGiveUpAreAllTried() throws IOException {
    BenchmarkResult result =
        Benchmark.run(to(ScriptedServer.unusedPort()).requests(GIVE_UP_AFTER - 1).build());
    assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(result.failed()).isEqualTo(GIVE_UP_AFTER - 1);
    assertSumsUp(result);
  }

  @Test
  void givingUpCanBeTurnedOff() throws IOException {
    BenchmarkResult result =
        Benchmark.run(
            to(ScriptedServer.unusedPort()).requests(200).concurrency(5).giveUpAfter(0).build());
    assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(result.failed()).isEqualTo(200);
    assertSumsUp(result);
  }

  @Test
  void onceARequestHasSucceededNothingIsGivenUp() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            connection == 5 ? Answer.ok("hello").thenClose() : Answer.nothing().thenClose())) {
      BenchmarkResult result = Benchmark.run(to(server).requests(100).build());
      assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
      assertThat(result.completed()).isEqualTo(1);
      assertThat(result.failed()).isEqualTo(99);
      assertSumsUp(result);
    }
  }

  @ParameterizedTest(name = "stop: {0}")
  @CsvSource({"true, RECEIVE_ERROR", "false, FINISHED"})
  void firstFailureToReceiveEndsTheRunIfToldSo(boolean stop, EndReason reason)
      throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            connection == 5
                ? Answer.of("HTTP/1.1 2").thenClose()
                : Answer.ok("hello").thenClose())) {
      BenchmarkResult result =
          Benchmark.run(to(server).requests(200).stopOnReceiveError(stop).build());
      assertThat(result.endReason()).isEqualTo(reason);
      assertThat(result.failed()).isEqualTo(1);
      assertThat(result.completed()).isEqualTo(stop ? 5 : 199);
      assertSumsUp(result);
      server.awaitNoneOpen();
    }
  }

  /** Stands for whatever allocates when the heap is full. */
  @Test
  void errorEndsTheRunWithAResultOfWhatWasMeasured() throws IOException {
    OutOfMemoryError full = new OutOfMemoryError("planted");
    AtomicInteger count = new AtomicInteger();
    BenchmarkResult result =
        Benchmark.run(
            to(quick)
                .requests(MANY)
                .concurrency(5)
                .keepAlive(true)
                .listener((job, status, head) -> {
                  if (count.incrementAndGet() == 100) {
                    throw full;
                  }
                })
                .build());
    assertThat(result.endReason()).isEqualTo(EndReason.ERROR);
    assertThat(result.error()).containsSame(full);
    assertThat(result.completed()).isGreaterThanOrEqualTo(95);
    assertThat(result.latencies().count()).isEqualTo(result.completed());
    assertSumsUp(result);
  }

  @Test
  void requestWithoutAResponseDoesNotEndTheRun() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            connection == 5 ? Answer.nothing().thenClose() : Answer.ok("hello").thenClose())) {
      BenchmarkResult result =
          Benchmark.run(to(server).requests(100).stopOnReceiveError(true).build());
      assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
      assertThat(result.summary().errors()).containsOnlyKeys(ErrorKind.NO_RESPONSE);
      assertThat(result.connections().requestsSent()).isEqualTo(100);
    }
  }

  @Test
  void otherFailuresDoNotEndTheRun() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            connection == 5
                ? Answer.of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell").thenClose()
                : Answer.ok("hello").thenClose())) {
      BenchmarkResult result =
          Benchmark.run(to(server).requests(100).stopOnReceiveError(true).build());
      assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
      assertThat(result.failed()).isEqualTo(1);
      assertThat(result.summary().errors()).containsOnlyKeys(ErrorKind.LENGTH);
    }
  }

  @Test
  void deadlinesEndARunWithoutAnswers() throws IOException {
    BenchmarkResult result =
        Benchmark.run(
            to(silent).requests(3).concurrency(3).timeout(Duration.ofMillis(200)).build());
    assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(result.summary().errors()).containsOnlyKeys(ErrorKind.TIMEOUT);
    assertThat(result.failed()).isEqualTo(3);
    assertSumsUp(result);
  }

  @Test
  void serverThatDiesMeanwhileFailsTheRest() throws IOException, InterruptedException {
    Benchmark benchmark =
        new Benchmark(to(quick).requests(3000).concurrency(5).keepAlive(true).build());
    RunInBackground run = RunInBackground.start(benchmark);
    Eventually.holds(() -> benchmark.progress().completed() > 500);
    quick.close();
    BenchmarkResult result = run.result();
    assertThat(result.endReason()).isEqualTo(EndReason.FINISHED);
    assertThat(result.completed()).isGreaterThan(500);
    assertThat(result.failed()).isEqualTo(3000 - result.completed());
    assertThat(result.summary().errors()).containsKey(ErrorKind.CONNECT);
    assertSumsUp(result);
  }

  /** Otherwise the other workers wait for ever for jobs that nobody will bring. */
  @Test
  void workerThatDiesEndsTheRun() throws IOException {
    BenchmarkResult result =
        Benchmark.run(
            to(quick)
                .requests(100)
                .concurrency(2)
                .listener((job, status, head) -> {
                  throw new AssertionError("on purpose");
                })
                .build());
    assertThat(result.endReason()).isEqualTo(EndReason.ERROR);
    assertThat(result.error().orElseThrow()).hasMessage("on purpose");
    assertThat(result.completed()).isZero();
    assertSumsUp(result);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void listenerThatThrowsWhenItShallStopWaitingDelaysNothing(boolean endsByError)
      throws IOException {
    BenchmarkResult result =
        Benchmark.run(
            to(quick)
                .requests(20)
                .concurrency(3)
                .keepAlive(true)
                .listener(
                    new ExchangeListener() {
                      @Override
                      public void responded(Job job, int status, String head) {
                        if (endsByError) {
                          throw new AssertionError("on purpose");
                        }
                      }

                      @Override
                      public void stopWaiting() {
                        throw new IllegalStateException("also on purpose");
                      }
                    })
                .build());
    assertThat(result.endReason()).isEqualTo(endsByError ? EndReason.ERROR : EndReason.FINISHED);
    assertThat(result.completed()).isEqualTo(endsByError ? 0 : 20);
    assertSumsUp(result);
  }

  private static void assertSumsUp(BenchmarkResult result) {
    assertThat(result.issued())
        .isEqualTo(result.completed() + result.failed() + result.unsent())
        .isLessThanOrEqualTo(result.config().load().requests());
    assertThat(result.recalled()).isBetween(0L, result.unsent());
    assertThat(result.latencies().count()).isEqualTo(result.completed());
    if (result.endReason() == EndReason.FINISHED) {
      assertThat(result.issued()).isEqualTo(result.config().load().requests());
      assertThat(result.unsent()).isZero();
    }
  }

  private BenchmarkConfig.Builder to(EmbeddedServer server) {
    return BenchmarkConfig.builder(server.uri("/10k.dat")).engine(kind);
  }

  private BenchmarkConfig.Builder to(ScriptedServer server) {
    return BenchmarkConfig.builder(server.uri("/")).engine(kind);
  }

  private BenchmarkConfig.Builder to(int port) {
    return BenchmarkConfig.builder(URI.create("http://127.0.0.1:" + port + "/")).engine(kind);
  }
}

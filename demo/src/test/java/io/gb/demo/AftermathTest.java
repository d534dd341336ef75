package io.gb.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.leaks.LeakReport;
import io.gb.leaks.SeenThread;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each variant leaves behind what it says, and nothing else. The leaks stay in this JVM until it
 * ends; a census does not count those of earlier tests.
 */
@Timeout(120)
class AftermathTest {

  private static final int WORKERS = 7;
  private static final int REQUESTS = 200;

  private static EmbeddedServer server;

  @BeforeAll
  static void serve() throws IOException {
    server = EmbeddedServer.start();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  static Stream<Arguments> matrix() {
    return Arrays.stream(Variant.values())
        .flatMap(variant ->
            Arrays.stream(ThreadKind.values())
                .filter(threads -> threads == ThreadKind.VIRTUAL || variant == Variant.UNCLOSED)
                .map(threads -> Arguments.of(variant, threads)));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void aLeakIsFoundThreadByThreadAndAFixLeavesNothing(Variant variant, ThreadKind threads)
      throws Exception {
    long before = server.connectionsOpen();
    URI uri = server.uri("/10k.dat");
    Aftermath aftermath =
        Aftermath.of(
            0, variant, threads, WORKERS, REQUESTS, () -> HttpSender.open(variant, uri, WORKERS));
    LeakReport report = aftermath.report();
    switch (variant) {
      case UNCLOSED -> {
        assertThat(names(aftermath)).hasSize(WORKERS).allMatch(isA(WorkerRun.WORKER_NAME));
        assertThat(report.proven()).hasSize(WORKERS);
        // Each connection has a buffer of 8 kB for either direction.
        assertThat(report.leakedBytes()).isGreaterThan(WORKERS * 16 * 1024);
        assertConnectionsLeft(before, WORKERS);
      }
      case ABANDONED_RESULT -> {
        assertThat(names(aftermath)).hasSize(WORKERS).allMatch(isA(WorkerRun.SENDER_NAME));
        assertThat(report.proven()).hasSize(WORKERS);
        assertConnectionsLeft(before, 0);
      }
      case IDLE_CONNECTIONS -> {
        assertThat(names(aftermath)).hasSize(1).allMatch(isA("idle-connection-evictor"));
        assertThat(report.proven()).isEmpty();
        assertConnectionsLeft(before, WORKERS);
      }
      case CLOSE, POISON, INTERRUPT, STRUCTURED, BUFFERED_RESULT, CLOSED_CONNECTIONS -> {
        assertThat(names(aftermath)).isEmpty();
        assertThat(report.proven()).isEmpty();
        assertThat(report.leakedBytes()).isZero();
        assertConnectionsLeft(before, 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Variant.class,
      names = {"UNCLOSED", "CLOSE", "ABANDONED_RESULT"})
  void withoutANetworkTheThreadsAreTheSame(Variant variant) throws Exception {
    Aftermath aftermath =
        Aftermath.of(0, variant, ThreadKind.VIRTUAL, WORKERS, REQUESTS, InstantSender::new);
    assertThat(aftermath.report().proven()).hasSize(variant.leaks() ? WORKERS : 0);
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void aFixMendsItsLeak(Variant variant) {
    assertThat(variant.fix().leaks()).isFalse();
    assertThat(variant.leak().leaks()).isTrue();
    assertThat(variant.leaks()).isEqualTo(variant.leak() == variant);
    assertThat(Variant.of(variant.label())).contains(variant);
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void aFailedRequestEndsTheRunAndIsTold(Variant variant) {
    AtomicInteger sent = new AtomicInteger();
    Sender failing =
        new Sender() {
          @Override
          public void send(Runnable meanwhile) throws IOException {
            meanwhile.run();
            if (sent.incrementAndGet() == 3) {
              throw new IOException("no answer");
            }
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> new WorkerRun(variant, ThreadKind.VIRTUAL, 2, 10_000, failing).run())
        .hasMessage("a request failed: no answer");
    assertThat(sent.get()).isLessThan(10_000);
  }

  @Test
  void aWorkerThatBreaksDownEndsTheRunToo() {
    Sender broken =
        new Sender() {
          @Override
          public void send(Runnable meanwhile) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> new WorkerRun(Variant.CLOSE, ThreadKind.PLATFORM, 2, 10, broken).run())
        .hasMessage("a request failed: broken");
  }

  private static List<String> names(Aftermath aftermath) {
    return aftermath.threadsLeft().stream().map(SeenThread::name).toList();
  }

  private static Predicate<String> isA(String prefix) {
    return name -> name.startsWith(prefix);
  }

  /** The server learns a moment later that the other end has been closed. */
  private static void assertConnectionsLeft(long before, int left) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (server.connectionsOpen() != before + left && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertThat(server.connectionsOpen() - before).isEqualTo(left);
  }
}

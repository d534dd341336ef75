package io.gb.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.LeakReport;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each leak leaves behind what it says and nothing else; each fix leaves nothing behind. Leaked
 * threads stay until this JVM ends, but a census does not count those of earlier tests.
 */
@Timeout(120)
class AftermathTest {

  private static Site site;

  @BeforeAll
  static void open() throws IOException {
    site = new Site();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNCLOSED", "ABANDONED_RESULT", "IDLE_CONNECTIONS"})
  void aFixLeavesNothing(Variant fix) throws Exception {
    assertThat(fix.leaks()).isFalse();
    Aftermath aftermath = site.run(fix, ThreadKind.VIRTUAL);
    LeakReport report = aftermath.report();
    assertThat(Site.names(aftermath)).isEmpty();
    assertThat(report.proven()).isEmpty();
    assertThat(report.leakedBytes()).isZero();
    site.assertConnectionsLeft(0);
  }

  @ParameterizedTest
  @EnumSource
  void workersOfAQueueThatNobodyClosesAreProvenToWaitForEver(ThreadKind threads) throws Exception {
    Aftermath aftermath = site.run(Variant.UNCLOSED, threads);
    LeakReport report = aftermath.report();
    assertThat(Site.names(aftermath))
        .hasSize(Site.WORKERS)
        .allMatch(name -> name.startsWith(WorkerRun.WORKER_NAME));
    assertThat(report.proven()).hasSize(Site.WORKERS);
    // Each connection has a buffer of 8 kB for either direction.
    assertThat(report.leakedBytes()).isGreaterThan(Site.WORKERS * 16 * 1024);
    site.assertConnectionsLeft(Site.WORKERS);
  }

  @Test
  void sendersOfResultsThatNobodyTakesAreProvenToWaitForEver() throws Exception {
    Aftermath aftermath = site.run(Variant.ABANDONED_RESULT, ThreadKind.VIRTUAL);
    assertThat(Site.names(aftermath))
        .hasSize(Site.WORKERS)
        .allMatch(name -> name.startsWith(WorkerRun.SENDER_NAME));
    assertThat(aftermath.report().proven()).hasSize(Site.WORKERS);
    site.assertConnectionsLeft(0);
  }

  @Test
  void connectionsOfAClientThatNobodyClosesStayWithTheThreadThatLooksAfterThem() throws Exception {
    Aftermath aftermath = site.run(Variant.IDLE_CONNECTIONS, ThreadKind.VIRTUAL);
    assertThat(Site.names(aftermath))
        .singleElement()
        .asString()
        .startsWith("idle-connection-evictor");
    assertThat(aftermath.report().proven()).isEmpty();
    site.assertConnectionsLeft(Site.WORKERS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Variant.class,
      names = {"UNCLOSED", "CLOSE", "ABANDONED_RESULT"})
  void withoutANetworkTheThreadsAreTheSame(Variant variant) throws Exception {
    Aftermath aftermath =
        Aftermath.of(
            0, variant, ThreadKind.VIRTUAL, Site.WORKERS, Site.REQUESTS, InstantSender::new);
    assertThat(aftermath.report().proven()).hasSize(variant.leaks() ? Site.WORKERS : 0);
  }
}

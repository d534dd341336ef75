package io.gb.harness.load;

import static io.gb.harness.fixture.Outcomes.failed;
import static io.gb.harness.fixture.Outcomes.withBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import io.gb.leaks.junit.NoThreadLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@NoThreadLeaks
class LengthCheckTest {

  private final Queue<Outcome> recorded = new ConcurrentLinkedQueue<>();

  @Test
  void firstBodySetsTheLengthThatOthersMustHave() {
    LengthCheck check = new LengthCheck(false);
    OutcomeSink sink = check.before(recorded::add);
    assertThat(check.documentLength()).isEqualTo(-1);
    Outcome first = withBody(5);
    Outcome same = withBody(5);
    sink.record(first);
    sink.record(same);
    assertThat(check.documentLength()).isEqualTo(5);
    assertThat(recorded).containsExactly(first, same);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4, 6, Long.MAX_VALUE})
  void anotherLengthIsAFailureWithTheTimesAndBytesOfTheResponse(long length) {
    OutcomeSink sink = new LengthCheck(false).before(recorded::add);
    sink.record(withBody(5));
    sink.record(new Outcome.Completed(206, true, length, 11, 12, 13, 14, 15, 16));
    assertThat(recorded)
        .last()
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(ErrorKind.LENGTH);
              assertThat(failed.cause())
                  .hasMessage("body of " + length + " bytes, but the first 2xx response had 5");
              assertThat(failed.cause().getStackTrace()).isEmpty();
              assertThat(failed.bytesReceived()).isEqualTo(11);
              assertThat(failed.bytesSent()).isEqualTo(12);
              assertThat(failed.connectNanos()).isEqualTo(13);
              assertThat(failed.totalNanos()).isEqualTo(16);
              assertThat(failed.status()).isEqualTo(206);
            });
  }

  @Test
  void errorPageSetsNoLengthAndHasNone() {
    LengthCheck check = new LengthCheck(false);
    OutcomeSink sink = check.before(recorded::add);
    for (int status : new int[] {503, 200, 404, 302, 200}) {
      sink.record(new Outcome.Completed(status, true, status, 0, 0, 0, 0, 0, 0));
    }
    assertThat(recorded).hasSize(5).allMatch(outcome -> outcome instanceof Outcome.Completed);
    assertThat(check.documentLength()).isEqualTo(200);
  }

  @Test
  void whereAllAreErrorPagesTheFirstOneTellsTheLength() {
    LengthCheck check = new LengthCheck(false);
    OutcomeSink sink = check.before(recorded::add);
    sink.record(new Outcome.Completed(500, true, 7, 0, 0, 0, 0, 0, 0));
    sink.record(new Outcome.Completed(500, true, 8, 0, 0, 0, 0, 0, 0));
    assertThat(recorded).allMatch(outcome -> outcome instanceof Outcome.Completed);
    assertThat(check.documentLength()).isEqualTo(7);
  }

  @Test
  void emptyFirstBodySetsALengthToo() {
    LengthCheck check = new LengthCheck(false);
    OutcomeSink sink = check.before(recorded::add);
    sink.record(withBody(0));
    sink.record(withBody(1));
    assertThat(check.documentLength()).isZero();
    assertThat(recorded).last().isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void lengthsMayVaryIfAllowed() {
    LengthCheck check = new LengthCheck(true);
    OutcomeSink sink = check.before(recorded::add);
    sink.record(withBody(5));
    sink.record(withBody(6));
    assertThat(check.documentLength()).isEqualTo(5);
    assertThat(recorded).hasSize(2).allMatch(outcome -> outcome instanceof Outcome.Completed);
  }

  @Test
  void failureBeforeTheFirstBodySetsNoLength() {
    LengthCheck check = new LengthCheck(false);
    OutcomeSink sink = check.before(recorded::add);
    Outcome failed = failed(ErrorKind.TIMEOUT);
    sink.record(failed);
    assertThat(check.documentLength()).isEqualTo(-1);
    sink.record(withBody(7));
    assertThat(check.documentLength()).isEqualTo(7);
    assertThat(recorded).first().isSameAs(failed);
  }

  @Test
  void lengthIsOneForAllSinks() {
    LengthCheck check = new LengthCheck(false);
    check.before(recorded::add).record(withBody(5));
    check.before(recorded::add).record(withBody(6));
    assertThat(recorded).last().isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void manyThreadsAgreeOnOneLength() throws InterruptedException {
    LengthCheck check = new LengthCheck(false);
    List<Thread> threads = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    for (int t = 0; t < 8; t++) {
      long length = 100L + t;
      OutcomeSink sink = check.before(recorded::add);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new AssertionError("nobody interrupts", e);
                }
                for (int i = 0; i < 1000; i++) {
                  sink.record(withBody(length));
                }
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(check.documentLength()).isBetween(100L, 107L);
    assertThat(recorded)
        .hasSize(8000)
        .filteredOn(outcome -> outcome instanceof Outcome.Completed)
        .hasSize(1000)
        .allMatch(outcome -> ((Outcome.Completed) outcome).bodyBytes() == check.documentLength());
  }
}

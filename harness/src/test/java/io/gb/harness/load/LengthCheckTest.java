package io.gb.harness.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Eventually;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@NoThreadLeaks
class JudgeTest {

  private final StopSignal stop = new StopSignal();
  private final Queue<Outcome> recorded = new ConcurrentLinkedQueue<>();

  @Test
  void firstBodySetsTheLengthThatOthersMustHave() {
    Judge judge = new Judge(new Judge.Rules(false, false, 0), stop);
    OutcomeSink sink = judge.before(recorded::add);
    assertThat(judge.documentLength()).isEqualTo(-1);
    Outcome first = completed(5);
    Outcome same = completed(5);
    sink.record(first);
    sink.record(same);
    assertThat(judge.documentLength()).isEqualTo(5);
    assertThat(recorded).containsExactly(first, same);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4, 6, Long.MAX_VALUE})
  void anotherLengthIsAFailureWithTheTimesAndBytesOfTheResponse(long length) {
    OutcomeSink sink = new Judge(new Judge.Rules(false, false, 0), stop).before(recorded::add);
    sink.record(completed(5));
    sink.record(new Outcome.Completed(503, true, length, 11, 12, 13, 14, 15, 16));
    assertThat(recorded)
        .last()
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(ErrorKind.LENGTH);
              assertThat(failed.cause())
                  .isInstanceOf(LengthMismatchException.class)
                  .hasMessage("body of " + length + " bytes, but the first response had 5");
              assertThat(failed.cause().getStackTrace()).isEmpty();
              assertThat(failed.bytesReceived()).isEqualTo(11);
              assertThat(failed.bytesSent()).isEqualTo(12);
              assertThat(failed.connectNanos()).isEqualTo(13);
              assertThat(failed.totalNanos()).isEqualTo(16);
              assertThat(failed.status()).isEqualTo(503);
            });
  }

  @Test
  void emptyFirstBodySetsALengthToo() {
    Judge judge = new Judge(new Judge.Rules(false, false, 0), stop);
    OutcomeSink sink = judge.before(recorded::add);
    sink.record(completed(0));
    sink.record(completed(1));
    assertThat(judge.documentLength()).isZero();
    assertThat(recorded).last().isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void lengthsMayVaryIfTheRulesSaySo() {
    Judge judge = new Judge(new Judge.Rules(true, false, 0), stop);
    OutcomeSink sink = judge.before(recorded::add);
    sink.record(completed(5));
    sink.record(completed(6));
    assertThat(judge.documentLength()).isEqualTo(5);
    assertThat(recorded).hasSize(2).allMatch(outcome -> outcome instanceof Outcome.Completed);
  }

  @Test
  void failureBeforeTheFirstBodySetsNoLength() {
    Judge judge = new Judge(new Judge.Rules(false, false, 0), stop);
    OutcomeSink sink = judge.before(recorded::add);
    Outcome failed = failed(ErrorKind.TIMEOUT);
    sink.record(failed);
    assertThat(judge.documentLength()).isEqualTo(-1);
    sink.record(completed(7));
    assertThat(judge.documentLength()).isEqualTo(7);
    assertThat(recorded).first().isSameAs(failed);
  }

  @Test
  void lengthIsOneForAllSinks() {
    Judge judge = new Judge(new Judge.Rules(false, false, 0), stop);
    judge.before(recorded::add).record(completed(5));
    judge.before(recorded::add).record(completed(6));
    assertThat(recorded).last().isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void asManyFailuresAsItTakesEndTheRun() {
    OutcomeSink sink = new Judge(new Judge.Rules(false, false, 3), stop).before(recorded::add);
    sink.record(failed(ErrorKind.CONNECT));
    sink.record(failed(ErrorKind.TIMEOUT));
    assertThat(stop.reason()).isNotDone();
    sink.record(failed(ErrorKind.OTHER));
    assertThat(stop.reason()).isCompletedWithValue(EndReason.GAVE_UP);
    assertThat(recorded).hasSize(3);
  }

  @Test
  void aSuccessMeanwhileKeepsTheRunGoing() {
    OutcomeSink sink = new Judge(new Judge.Rules(false, false, 3), stop).before(recorded::add);
    sink.record(failed(ErrorKind.CONNECT));
    sink.record(failed(ErrorKind.CONNECT));
    sink.record(completed(5));
    for (int i = 0; i < 100; i++) {
      sink.record(failed(ErrorKind.CONNECT));
    }
    assertThat(stop.reason()).isNotDone();
  }

  @Test
  void givingUpCanBeTurnedOff() {
    OutcomeSink sink = new Judge(new Judge.Rules(false, false, 0), stop).before(recorded::add);
    for (int i = 0; i < 100; i++) {
      sink.record(failed(ErrorKind.CONNECT));
    }
    assertThat(stop.reason()).isNotDone();
  }

  @Test
  void firstFailureToReceiveEndsTheRunEvenAfterSuccesses() {
    OutcomeSink sink = new Judge(new Judge.Rules(false, true, 0), stop).before(recorded::add);
    sink.record(completed(5));
    assertThat(stop.reason()).isNotDone();
    sink.record(failed(ErrorKind.RECEIVE));
    assertThat(stop.reason()).isCompletedWithValue(EndReason.RECEIVE_ERROR);
  }

  @ParameterizedTest
  @EnumSource(names = "RECEIVE", mode = EnumSource.Mode.EXCLUDE)
  void failuresOfOtherKindsAreNotFailuresToReceive(ErrorKind kind) {
    OutcomeSink sink = new Judge(new Judge.Rules(false, true, 0), stop).before(recorded::add);
    sink.record(failed(kind));
    assertThat(stop.reason()).isNotDone();
  }

  @Test
  void failuresToReceiveDoNotEndTheRunUnlessTheRulesSaySo() {
    OutcomeSink sink = new Judge(new Judge.Rules(false, false, 0), stop).before(recorded::add);
    sink.record(failed(ErrorKind.RECEIVE));
    assertThat(stop.reason()).isNotDone();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void secondJobWaitsForAnOutcomeOfAnySort(boolean good) throws InterruptedException {
    Judge judge = new Judge(new Judge.Rules(false, false, 10), stop);
    Waiting waiting = Waiting.forLeave(judge, 1);
    assertThat(waiting.hasLeave()).isFalse();
    judge.before(recorded::add).record(good ? completed(5) : failed(ErrorKind.CONNECT));
    waiting.awaitLeave();
  }

  @Test
  void jobBehindTheLastFailureAllowedWaitsForASuccess() throws InterruptedException {
    Judge judge = new Judge(new Judge.Rules(false, false, 3), stop);
    OutcomeSink sink = judge.before(recorded::add);
    Waiting waiting = Waiting.forLeave(judge, 3);
    sink.record(failed(ErrorKind.CONNECT));
    sink.record(failed(ErrorKind.CONNECT));
    assertThat(waiting.hasLeave()).isFalse();
    sink.record(completed(5));
    waiting.awaitLeave();
  }

  @Test
  void otherJobsDoNotWait() throws InterruptedException {
    Judge judge = new Judge(new Judge.Rules(false, false, 3), stop);
    for (int jobs : new int[] {2, 4, 5, 1000}) {
      judge.awaitLeaveToPass(jobs);
    }
    Judge patient = new Judge(new Judge.Rules(false, false, 0), stop);
    for (int jobs : new int[] {2, 3, 10, 1000}) {
      patient.awaitLeaveToPass(jobs);
    }
    assertThat(recorded).isEmpty();
  }

  @Test
  void bodyOfAnotherLengthIsASuccessOfTheConnectionButNotOfTheRun() throws InterruptedException {
    Judge judge = new Judge(new Judge.Rules(false, false, 2), stop);
    OutcomeSink sink = judge.before(recorded::add);
    sink.record(completed(5));
    sink.record(completed(6));
    sink.record(completed(6));
    assertThat(stop.reason()).isNotDone();
    judge.awaitLeaveToPass(2);
  }

  /** A thread that waits for leave to put more jobs. */
  private record Waiting(Thread thread) {

    static Waiting forLeave(Judge judge, long jobs) throws InterruptedException {
      CountDownLatch started = new CountDownLatch(1);
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                started.countDown();
                try {
                  judge.awaitLeaveToPass(jobs);
                } catch (InterruptedException e) {
                  throw new AssertionError("nobody interrupts", e);
                }
              });
      started.await();
      Eventually.holds(() -> thread.getState() != Thread.State.RUNNABLE);
      return new Waiting(thread);
    }

    boolean hasLeave() {
      return !thread.isAlive();
    }

    void awaitLeave() throws InterruptedException {
      thread.join();
    }
  }

  @Test
  void manyThreadsAgreeOnOneLengthAndOneReason() throws InterruptedException {
    Judge judge = new Judge(new Judge.Rules(false, false, 10), stop);
    List<Thread> threads = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    for (int t = 0; t < 8; t++) {
      long length = 100L + t;
      OutcomeSink sink = judge.before(recorded::add);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new AssertionError("nobody interrupts", e);
                }
                for (int i = 0; i < 1000; i++) {
                  sink.record(completed(length));
                }
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(judge.documentLength()).isBetween(100L, 107L);
    assertThat(recorded)
        .hasSize(8000)
        .filteredOn(outcome -> outcome instanceof Outcome.Completed)
        .hasSize(1000)
        .allMatch(outcome -> ((Outcome.Completed) outcome).bodyBytes() == judge.documentLength());
  }

  private static Outcome completed(long bodyBytes) {
    return new Outcome.Completed(200, true, bodyBytes, 0, 0, 0, 0, 0, 0);
  }

  private static Outcome failed(ErrorKind kind) {
    return new Outcome.Failed(kind, new IOException(), 0, 0, 0, 0);
  }
}

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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NoThreadLeaks
class StopRulesTest {

  private final CompletableFuture<EndReason> stop = new CompletableFuture<>();
  private final List<Outcome> recorded = new ArrayList<>();

  @Test
  void asManyFailuresAsItTakesEndTheRun() {
    OutcomeSink sink = sink(false, 3);
    sink.record(failed(ErrorKind.CONNECT));
    sink.record(failed(ErrorKind.TIMEOUT));
    assertThat(stop).isNotDone();
    sink.record(failed(ErrorKind.OTHER));
    assertThat(stop).isCompletedWithValue(EndReason.GAVE_UP);
    assertThat(recorded).hasSize(3);
  }

  @Test
  void aSuccessMeanwhileKeepsTheRunGoing() {
    OutcomeSink sink = sink(false, 3);
    sink.record(failed(ErrorKind.CONNECT));
    sink.record(failed(ErrorKind.CONNECT));
    sink.record(withBody(5));
    for (int i = 0; i < 100; i++) {
      sink.record(failed(ErrorKind.CONNECT));
    }
    assertThat(stop).isNotDone();
  }

  @Test
  void givingUpCanBeTurnedOff() {
    OutcomeSink sink = sink(false, 0);
    for (int i = 0; i < 100; i++) {
      sink.record(failed(ErrorKind.CONNECT));
    }
    assertThat(stop).isNotDone();
  }

  @Test
  void firstFailureToReceiveEndsTheRunEvenAfterSuccesses() {
    OutcomeSink sink = sink(true, 0);
    sink.record(withBody(5));
    assertThat(stop).isNotDone();
    sink.record(failed(ErrorKind.RECEIVE));
    assertThat(stop).isCompletedWithValue(EndReason.RECEIVE_ERROR);
  }

  @ParameterizedTest
  @EnumSource(names = "RECEIVE", mode = EnumSource.Mode.EXCLUDE)
  void failuresOfOtherKindsAreNotFailuresToReceive(ErrorKind kind) {
    OutcomeSink sink = sink(true, 0);
    sink.record(failed(kind));
    assertThat(stop).isNotDone();
  }

  @Test
  void failuresToReceiveDoNotEndTheRunUnlessTheRulesSaySo() {
    OutcomeSink sink = sink(false, 0);
    sink.record(failed(ErrorKind.RECEIVE));
    assertThat(stop).isNotDone();
  }

  /** The first response sets the length, so it is a success, and the rules see that. */
  @Test
  void bodiesOfAnotherLengthThanTheFirstDoNotEndTheRun() {
    OutcomeSink sink = new LengthCheck(false).before(sink(false, 2));
    sink.record(withBody(5));
    sink.record(withBody(6));
    sink.record(withBody(6));
    assertThat(recorded).last().isInstanceOf(Outcome.Failed.class);
    assertThat(stop).isNotDone();
  }

  private OutcomeSink sink(boolean stopOnReceiveError, int giveUpAfter) {
    LoadConfig load = new LoadConfig(1000, null, stopOnReceiveError, giveUpAfter);
    return new StopRules(load, stop).before(recorded::add);
  }
}

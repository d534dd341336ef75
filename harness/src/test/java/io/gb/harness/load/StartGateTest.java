package io.gb.harness.load;

import static io.gb.harness.fixture.Outcomes.failed;
import static io.gb.harness.fixture.Outcomes.withBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Eventually;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import io.gb.leaks.junit.NoThreadLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@NoThreadLeaks
class StartGateTest {

  private final List<Outcome> recorded = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void secondJobWaitsForAnOutcomeOfAnySort(boolean good) throws InterruptedException {
    StartGate gate = new StartGate(10);
    Thread waiting = startToWait(gate, 1);
    assertThat(waiting.isAlive()).isTrue();
    gate.before(recorded::add).record(good ? withBody(5) : failed(ErrorKind.CONNECT));
    waiting.join();
  }

  @Test
  void jobBehindTheLastFailureAllowedWaitsForASuccess() throws InterruptedException {
    StartGate gate = new StartGate(3);
    OutcomeSink sink = gate.before(recorded::add);
    Thread waiting = startToWait(gate, 3);
    sink.record(failed(ErrorKind.CONNECT));
    sink.record(failed(ErrorKind.CONNECT));
    assertThat(waiting.isAlive()).isTrue();
    sink.record(withBody(5));
    waiting.join();
    assertThat(recorded).hasSize(3);
  }

  @Test
  void otherJobsDoNotWait() throws InterruptedException {
    StartGate gate = new StartGate(3);
    for (int jobs : new int[] {2, 4, 5, 1000}) {
      gate.await(jobs);
    }
    StartGate forAnyNumber = new StartGate(0);
    for (int jobs : new int[] {2, 3, 10, 1000}) {
      forAnyNumber.await(jobs);
    }
    assertThat(recorded).isEmpty();
  }

  /** Starts a thread, and returns when it waits at the gate. */
  private static Thread startToWait(StartGate gate, long passed) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              started.countDown();
              try {
                gate.await(passed);
              } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts", e);
              }
            });
    started.await();
    Eventually.holds(() -> thread.getState() != Thread.State.RUNNABLE);
    return thread;
  }
}

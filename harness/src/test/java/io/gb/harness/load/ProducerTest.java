package io.gb.harness.load;

import static io.gb.harness.fixture.Outcomes.failed;
import static io.gb.harness.fixture.Outcomes.reused;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Eventually;
import io.gb.harness.fixture.LeftBehind;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.OutcomeSink;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NoThreadLeaks
class ProducerTest {

  private static final int CAPACITY = 16;
  private static final Job JOB = new Job("GET", "/", List.of(), new byte[0]);

  private final JobQueue<Job> jobs = new JobQueue<>(CAPACITY);
  private final StartGate gate = new StartGate(0);
  private LeftBehind left;

  @BeforeEach
  void look() throws IOException {
    left = LeftBehind.fromNow();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(left.names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, CAPACITY, CAPACITY + 1, 10_000})
  void queueGetsExactlyTheJobsAndIsClosedBehindThem(long count) throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, count, gate)) {
      producer.start();
      assertThat(jobs.take()).isSameAs(JOB);
      oneHasEnded();
      long taken = 1;
      while (jobs.take() != null) {
        taken++;
      }
      assertThat(taken).isEqualTo(count);
      assertThat(jobs.isClosed()).isTrue();
      assertThat(producer.stop()).isEqualTo(count);
    }
  }

  @Test
  void firstJobGoesAlone() throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, 10, gate)) {
      producer.start();
      assertThat(jobs.take()).isSameAs(JOB);
      for (int i = 0; i < 1000; i++) {
        assertThat(jobs.poll()).isNull();
      }
      oneHasEnded();
      assertThat(jobs.take()).as("the others follow").isSameAs(JOB);
    }
  }

  @Test
  void noMoreJobsGoThanMayFailUntilOneHasSucceeded() throws InterruptedException {
    StartGate narrow = new StartGate(3);
    OutcomeSink sink = narrow.before(outcome -> {});
    try (Producer producer = new Producer(jobs, JOB, 10, narrow)) {
      producer.start();
      sink.record(failed(ErrorKind.CONNECT));
      for (int i = 0; i < 3; i++) {
        assertThat(jobs.take()).isSameAs(JOB);
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(jobs.poll()).isNull();
      }
      sink.record(reused(0));
      assertThat(jobs.take()).as("the others follow").isSameAs(JOB);
    }
  }

  @Test
  void stopEndsAWaitForTheFirstOutcome() throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, 10, gate)) {
      producer.start();
      assertThat(jobs.take()).isSameAs(JOB);
      assertThat(producer.stop()).isEqualTo(1);
      assertThat(jobs.isClosed()).isTrue();
      assertThat(jobs.take()).isNull();
    }
  }

  @Test
  void stopEndsAWaitForRoomAndCountsWhatTheQueueHasTaken() throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, Long.MAX_VALUE, gate)) {
      producer.start();
      oneHasEnded();
      Eventually.holds(() -> jobs.size() == CAPACITY);
      assertThat(producer.stop()).isEqualTo(CAPACITY);
      int left = 0;
      while (jobs.take() != null) {
        left++;
      }
      assertThat(left).isEqualTo(CAPACITY);
    }
  }

  @Test
  void countIsExactHoweverStopAndTakersRace() throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, Long.MAX_VALUE, gate)) {
      producer.start();
      oneHasEnded();
      long taken = 0;
      while (taken < 10_000) {
        assertThat(jobs.take()).isNotNull();
        taken++;
      }
      producer.stop();
      while (jobs.take() != null) {
        taken++;
      }
      assertThat(producer.stop()).isEqualTo(taken);
    }
  }

  @Test
  void queueThatSomeoneElseClosesEndsTheJobs() throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, Long.MAX_VALUE, gate)) {
      producer.start();
      assertThat(jobs.take()).isSameAs(JOB);
      jobs.close();
      oneHasEnded();
      assertThat(producer.stop()).isEqualTo(1);
    }
  }

  @Test
  void closeWithoutStartClosesTheQueue() throws InterruptedException {
    Producer producer = new Producer(jobs, JOB, 10, gate);
    producer.close();
    assertThat(producer.stop()).isZero();
    assertThat(jobs.take()).isNull();
  }

  @Test
  void stopTwiceIsHarmless() {
    Producer producer = new Producer(jobs, JOB, 10, gate);
    producer.start();
    producer.stop();
    producer.stop();
    producer.close();
    assertThat(producer.stop()).isBetween(0L, 1L);
  }

  @Test
  void interruptOfTheStoppingThreadIsKept() {
    try (Producer producer = new Producer(jobs, JOB, 10, gate)) {
      producer.start();
      Thread.currentThread().interrupt();
      producer.stop();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private void oneHasEnded() {
    gate.before(outcome -> {}).record(reused(0));
  }
}

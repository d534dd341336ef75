package io.gb.harness.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Eventually;
import io.gb.harness.fixture.LeftBehind;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
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
  private final Judge judge = new Judge(new Judge.Rules(false, false, 0), new StopSignal());
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
    try (Producer producer = new Producer(jobs, JOB, count, judge)) {
      producer.start();
      assertThat(jobs.take()).isSameAs(JOB);
      oneHasEnded();
      long taken = 1;
      while (jobs.take() != null) {
        taken++;
      }
      assertThat(taken).isEqualTo(count);
      assertThat(jobs.isClosed()).isTrue();
      producer.stop();
      assertThat(producer.issued()).isEqualTo(count);
    }
  }

  @Test
  void firstJobGoesAlone() throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, 10, judge)) {
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
    Judge impatient = new Judge(new Judge.Rules(false, false, 3), new StopSignal());
    OutcomeSink sink = impatient.before(outcome -> {});
    try (Producer producer = new Producer(jobs, JOB, 10, impatient)) {
      producer.start();
      sink.record(new Outcome.Failed(ErrorKind.CONNECT, new IOException(), 0, 0, 0, 0));
      for (int i = 0; i < 3; i++) {
        assertThat(jobs.take()).isSameAs(JOB);
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(jobs.poll()).isNull();
      }
      sink.record(new Outcome.Completed(200, true, 0, 0, 0, 0, 0, 0, 0));
      assertThat(jobs.take()).as("the others follow").isSameAs(JOB);
    }
  }

  @Test
  void stopEndsAWaitForTheFirstOutcome() throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, 10, judge)) {
      producer.start();
      assertThat(jobs.take()).isSameAs(JOB);
      producer.stop();
      assertThat(producer.issued()).isEqualTo(1);
      assertThat(jobs.isClosed()).isTrue();
      assertThat(jobs.take()).isNull();
    }
  }

  @Test
  void stopEndsAWaitForRoomAndCountsWhatTheQueueHasTaken() throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, Long.MAX_VALUE, judge)) {
      producer.start();
      oneHasEnded();
      Eventually.holds(() -> jobs.size() == CAPACITY);
      producer.stop();
      assertThat(producer.issued()).isEqualTo(CAPACITY);
      int left = 0;
      while (jobs.take() != null) {
        left++;
      }
      assertThat(left).isEqualTo(CAPACITY);
    }
  }

  @Test
  void countIsExactHoweverStopAndTakersRace() throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, Long.MAX_VALUE, judge)) {
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
      assertThat(producer.issued()).isEqualTo(taken);
    }
  }

  @Test
  void queueThatSomeoneElseClosesEndsTheJobs() throws InterruptedException {
    try (Producer producer = new Producer(jobs, JOB, Long.MAX_VALUE, judge)) {
      producer.start();
      assertThat(jobs.take()).isSameAs(JOB);
      jobs.close();
      oneHasEnded();
      producer.stop();
      assertThat(producer.issued()).isEqualTo(1);
    }
  }

  @Test
  void closeWithoutStartClosesTheQueue() throws InterruptedException {
    Producer producer = new Producer(jobs, JOB, 10, judge);
    producer.close();
    assertThat(producer.issued()).isZero();
    assertThat(jobs.take()).isNull();
  }

  @Test
  void stopTwiceIsHarmless() {
    Producer producer = new Producer(jobs, JOB, 10, judge);
    producer.start();
    producer.stop();
    producer.stop();
    producer.close();
    assertThat(producer.issued()).isBetween(0L, 1L);
  }

  @Test
  void interruptOfTheStoppingThreadIsKept() {
    try (Producer producer = new Producer(jobs, JOB, 10, judge)) {
      producer.start();
      Thread.currentThread().interrupt();
      producer.stop();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private void oneHasEnded() {
    judge.before(outcome -> {}).record(new Outcome.Completed(200, true, 0, 0, 0, 0, 0, 0, 0));
  }
}

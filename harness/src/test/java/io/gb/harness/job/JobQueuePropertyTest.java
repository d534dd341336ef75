package io.gb.harness.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.job.FaultyQueue.Plant;
import io.gb.harness.job.RandomRun.Fault;
import io.gb.leaks.junit.NoThreadLeaks;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is accepted is handed out, each element once and in order, and everyone ends: for any mix of
 * threads, closing times and interrupts. {@code -Dgb.test.seed=…} repeats a draw.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NoThreadLeaks
class JobQueuePropertyTest {

  private static final int RUNS = 200;
  private static final int RUNS_TO_FIND_A_FAULT = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A waiter that was forgotten is not worth waiting for; a slow machine only finds it earlier. */
  private static final Duration IMPATIENCE = Duration.ofMillis(500);

  private final long seed = Long.getLong("gb.test.seed", System.nanoTime());
  private final RandomGenerator seeds = new SplittableRandom(seed);

  @BeforeEach
  void printSeed(TestReporter reporter) {
    reporter.publishEntry("gb.test.seed", Long.toString(seed));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAcceptedIsHandedOutOnceAndInOrderAndEveryoneEnds(ThreadKind kind)
      throws InterruptedException {
    for (int i = 0; i < RUNS; i++) {
      RandomRun run = new RandomRun(seeds.nextLong(), kind);
      JobQueue<RandomRun.Element> queue = new JobQueue<>(run.capacity());
      assertThat(run.findFault(ClosableQueue.of(queue), PATIENCE))
          .as("run %d of -Dgb.test.seed=%d: %s", i, seed, run)
          .isEmpty();
      assertThat(queue.size()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void checkerFindsNothingInAQueueWithoutFault(ThreadKind kind) throws InterruptedException {
    for (int i = 0; i < RUNS / 4; i++) {
      RandomRun run = new RandomRun(seeds.nextLong(), kind);
      assertThat(run.findFault(new FaultyQueue<>(Plant.NONE, run.capacity()), PATIENCE))
          .as("run %d of -Dgb.test.seed=%d: %s", i, seed, run)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ADDS_AFTER_CLOSE, ENDED_EARLY",
    "HANDS_OUT_TWICE, UNEXPECTED",
    "LAST_IN_FIRST_OUT, OUT_OF_ORDER",
    "ACCEPTS_INTERRUPTED, UNEXPECTED",
    "LOSES_INTERRUPTED, LOST",
    "CLOSE_WAKES_ONE, WAITS_FOR_EVER",
    "FORGETS_TO_DRAIN, ENDED_EARLY"
  })
  void checkerFindsThePlantedFault(Plant plant, Fault fault) throws InterruptedException {
    for (ThreadKind kind : ThreadKind.values()) {
      int runs = 0;
      Optional<Fault> found = Optional.empty();
      while (!found.equals(Optional.of(fault)) && runs < RUNS_TO_FIND_A_FAULT) {
        RandomRun run = new RandomRun(seeds.nextLong(), kind);
        found = run.findFault(new FaultyQueue<>(plant, run.capacity()), IMPATIENCE);
        runs++;
      }
      assertThat(found).as("%s on %s after %d runs", plant, kind, runs).contains(fault);
    }
  }
}

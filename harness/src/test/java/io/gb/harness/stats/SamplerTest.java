package io.gb.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
class SamplerTest {

  private static final Instant START = Instant.EPOCH;

  @Test
  void upToTheLimitAllAreKeptAndFailuresAreNot() {
    Sampler sampler = new Sampler(3, START, System.nanoTime());
    sampler.record(completed(1));
    sampler.record(new Outcome.Failed(ErrorKind.OTHER, new IOException(), 0, 0, 0, 9));
    sampler.record(completed(2));
    assertThat(sampler.samples()).extracting(RequestSample::totalNanos).containsExactly(1L, 2L);
  }

  @Test
  void beyondTheLimitEachHasTheSameChance() {
    int limit = 2_000;
    int all = 20_000;
    Sampler sampler = new Sampler(limit, START, System.nanoTime());
    for (int i = 0; i < all; i++) {
      sampler.record(completed(i));
    }
    assertThat(sampler.samples()).hasSize(limit).doesNotHaveDuplicates();
    // The mean of 2,000 of 0..19,999 without replacement deviates by 122; this is nine times that.
    double mean =
        sampler.samples().stream().mapToLong(RequestSample::totalNanos).average().orElseThrow();
    assertThat(mean).isBetween(all / 2.0 - 1100, all / 2.0 + 1100);
  }

  @Test
  void nextSinkGetsEverything() {
    List<Outcome> next = new ArrayList<>();
    OutcomeSink first = new Sampler(1, START, System.nanoTime()).before(next::add);
    first.record(completed(1));
    first.record(completed(2));
    assertThat(next).hasSize(2);
  }

  @Test
  void withoutALimitNothingStandsInBetween() {
    OutcomeSink next = outcome -> {};
    assertThat(new Sampler(0, START, 0).before(next)).isSameAs(next);
  }

  private static Outcome.Completed completed(long totalNanos) {
    return new Outcome.Completed(200, true, 0, 0, 0, 0, 0, 0, totalNanos);
  }
}

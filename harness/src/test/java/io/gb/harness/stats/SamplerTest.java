package io.gb.harness.stats;

import static io.gb.harness.fixture.Outcomes.failed;
import static io.gb.harness.fixture.Outcomes.reused;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import io.gb.leaks.junit.NoThreadLeaks;
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
    sampler.record(reused(1));
    sampler.record(failed(ErrorKind.OTHER));
    sampler.record(reused(2));
    assertThat(sampler.samples()).extracting(RequestSample::totalNanos).containsExactly(1L, 2L);
  }

  @Test
  void beyondTheLimitEachHasTheSameChance() {
    int limit = 2_000;
    int all = 20_000;
    Sampler sampler = new Sampler(limit, START, System.nanoTime());
    for (int i = 0; i < all; i++) {
      sampler.record(reused(i));
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
    first.record(reused(1));
    first.record(reused(2));
    assertThat(next).hasSize(2);
  }

  @Test
  void withoutALimitNothingStandsInBetween() {
    OutcomeSink next = outcome -> {};
    assertThat(new Sampler(0, START, 0).before(next)).isSameAs(next);
  }
}

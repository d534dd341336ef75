package io.gb.harness;

import static io.gb.harness.fixture.Outcomes.failed;
import static io.gb.harness.fixture.Outcomes.reused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.load.EndReason;
import io.gb.harness.stats.Recorder;
import io.gb.harness.stats.Summary;
import io.gb.leaks.junit.NoThreadLeaks;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
class BenchmarkResultTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void countsThatDoNotAddUpAreADefect() {
    assertThatIllegalStateException()
        .isThrownBy(() -> result(10, 3, SECOND, new CpuUse(0, 1)))
        .withMessage("issued 10, but completed 4 + failed 2 + unsent 3");
    assertThat(result(9, 3, SECOND, new CpuUse(0, 1)).issued()).isEqualTo(9);
  }

  @Test
  void failedRequestsAreRequestsPerSecondToo() {
    assertThat(result(6, 0, Duration.ofSeconds(2), new CpuUse(0, 1)).requestsPerSecond())
        .isEqualTo(3);
    assertThat(result(6, 0, Duration.ZERO, new CpuUse(0, 1)).requestsPerSecond()).isZero();
  }

  @Test
  void clientIsTheBottleneckAbove85PercentOfItsProcessors() {
    long second = SECOND.toNanos();
    assertThat(result(6, 0, SECOND, new CpuUse(second * 169 / 100, 2)).clientIsBottleneck())
        .isFalse();
    assertThat(result(6, 0, SECOND, new CpuUse(second * 171 / 100, 2)).clientIsBottleneck())
        .isTrue();
    assertThat(result(6, 0, Duration.ZERO, new CpuUse(second, 2)).clientIsBottleneck()).isFalse();
  }

  /** Of 4 completed and 2 failed requests. */
  private static BenchmarkResult result(long issued, long unsent, Duration elapsed, CpuUse cpu) {
    BenchmarkConfig config = BenchmarkConfig.builder(URI.create("http://test/")).build();
    return new BenchmarkResult(
        config,
        EndReason.FINISHED,
        Optional.empty(),
        elapsed,
        issued,
        unsent,
        0,
        -1,
        summary(),
        List.of(),
        new ConnectionCounts(0, 0, 0, 0),
        Map.of(),
        List.of(),
        Optional.empty(),
        cpu);
  }

  private static Summary summary() {
    Recorder recorder = new Recorder(0, 1, SECOND);
    for (int i = 0; i < 4; i++) {
      recorder.sink(0).record(reused(1));
    }
    for (int i = 0; i < 2; i++) {
      recorder.sink(0).record(failed(ErrorKind.OTHER));
    }
    return recorder.summarize();
  }
}

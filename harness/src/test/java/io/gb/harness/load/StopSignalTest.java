package io.gb.harness.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
class StopSignalTest {

  @Test
  void onlyTheFirstReasonCounts() {
    StopSignal stop = new StopSignal();
    assertThat(stop.reason()).isNotDone();
    assertThat(stop.stop(EndReason.CANCELLED)).isEqualTo(EndReason.CANCELLED);
    assertThat(stop.stop(EndReason.GAVE_UP)).isEqualTo(EndReason.CANCELLED);
    assertThat(stop.reason()).isCompletedWithValue(EndReason.CANCELLED);
  }
}

package io.gb.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
class ErrorSummaryTest {

  private final IOException earlyCause = new IOException("early");
  private final IOException lateCause = new IOException("late");

  @Test
  void sumCountsBothAndSpansBothAndKeepsTheCauseOfTheFirst() {
    ErrorSummary early = new ErrorSummary(2, 10, 50, earlyCause);
    ErrorSummary late = new ErrorSummary(3, 20, 30, lateCause);
    ErrorSummary both = new ErrorSummary(5, 10, 50, earlyCause);
    assertThat(early.plus(late)).isEqualTo(both);
    assertThat(late.plus(early)).isEqualTo(both);
  }

  @Test
  void lastIsTheLaterOfBoth() {
    ErrorSummary early = new ErrorSummary(1, 10, 10, earlyCause);
    ErrorSummary late = new ErrorSummary(1, 20, 20, lateCause);
    assertThat(late.plus(early)).isEqualTo(new ErrorSummary(2, 10, 20, earlyCause));
  }

  @Test
  void timesBeforeTheStartSortTheSameWay() {
    ErrorSummary early = new ErrorSummary(1, -10, -10, earlyCause);
    ErrorSummary late = new ErrorSummary(1, 0, 0, lateCause);
    assertThat(late.plus(early)).isEqualTo(new ErrorSummary(2, -10, 0, earlyCause));
  }
}

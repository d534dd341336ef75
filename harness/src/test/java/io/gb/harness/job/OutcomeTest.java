package io.gb.harness.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
class OutcomeTest {

  private final Outcome completed = new Outcome.Completed(200, true, 1, 2, 3, 4, 5, 6, 7);
  private final Outcome failed =
      new Outcome.Failed(ErrorKind.SEND, new IOException(), 2, 3, 4, 7, 0);

  @Test
  void bothSortsTellTheSameOfTheWireAndTheTime() {
    for (Outcome outcome : new Outcome[] {completed, failed}) {
      assertThat(outcome.bytesReceived()).isEqualTo(2);
      assertThat(outcome.bytesSent()).isEqualTo(3);
      assertThat(outcome.connectNanos()).isEqualTo(4);
      assertThat(outcome.totalNanos()).isEqualTo(7);
    }
  }

  @Test
  void thereIsNoThirdSort() {
    assertThat(Outcome.class.isSealed()).isTrue();
    assertThat(Outcome.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(Outcome.Completed.class, Outcome.Failed.class);
  }
}

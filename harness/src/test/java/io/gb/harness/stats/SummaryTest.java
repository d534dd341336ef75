package io.gb.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gb.harness.job.ErrorKind;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
class SummaryTest {

  private static final ErrorSummary ONE = new ErrorSummary(1, 0, 0, new IOException());

  @Test
  void errorsAreACopyInTheOrderOfTheKinds() {
    Map<ErrorKind, ErrorSummary> errors = new HashMap<>();
    errors.put(ErrorKind.TIMEOUT, ONE);
    errors.put(ErrorKind.CONNECT, ONE);
    errors.put(ErrorKind.RECEIVE, ONE);
    Summary summary = with(errors);
    errors.put(ErrorKind.OTHER, ONE);
    assertThat(summary.errors().keySet())
        .containsExactly(ErrorKind.CONNECT, ErrorKind.RECEIVE, ErrorKind.TIMEOUT);
  }

  @Test
  void errorsCannotBeChanged() {
    Summary summary = with(Map.of(ErrorKind.OTHER, ONE));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> summary.errors().clear());
  }

  private static Summary with(Map<ErrorKind, ErrorSummary> errors) {
    Latencies none = new Recorder(0, 1, Duration.ofSeconds(1)).summarize().total();
    return new Summary(
        0, 0, Map.of(), 0, 0, 0, 0, none, none, none, none, none, none, none, errors);
  }
}

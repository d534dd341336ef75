package io.gb.harness.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gb.leaks.junit.NoThreadLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
class JobTest {

  private static final Header HOST = new Header("Host", "test");

  @Test
  void headersAreACopy() {
    List<Header> headers = new ArrayList<>(List.of(HOST));
    Job job = new Job("GET", "/", headers, new byte[0]);
    headers.clear();
    assertThat(job.headers()).containsExactly(HOST);
  }

  @Test
  void headersCannotBeChanged() {
    Job job = new Job("GET", "/", List.of(HOST), new byte[0]);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> job.headers().clear());
  }

  @Test
  void bodyIsShared() {
    byte[] body = {1, 2, 3};
    assertThat(new Job("POST", "/", List.of(), body).body()).isSameAs(body);
  }
}

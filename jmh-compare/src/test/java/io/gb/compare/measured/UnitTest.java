package io.gb.compare.measured;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitTest {

  @Test
  void unitsOfOneKindConvert() {
    assertThat(new Unit("ops/ms").factorTo(new Unit("ops/s"))).contains(1000.0);
    assertThat(new Unit("ops/ms").factorTo(new Unit("ms/op"))).isEmpty();
    assertThat(new Unit("B/op").factorTo(new Unit("ns/op"))).isEmpty();
    assertThat(new Unit("B/op").factorTo(new Unit("bytes/op"))).contains(1.0);
    assertThat(new Unit("bytes").factorTo(new Unit("B"))).contains(1.0);
    assertThat(new Unit("B").factorTo(new Unit("B/op"))).isEmpty();
  }
}

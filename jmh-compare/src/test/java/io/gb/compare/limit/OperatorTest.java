package io.gb.compare.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperatorTest {

  @Test
  void roundingDoesNotPutAValueBeyondItsBound() {
    assertThat(Operator.AT_MOST.holds(1.1 * 1.1, 1.21)).isTrue();
    assertThat(Operator.EXACTLY.holds(1.1 * 1.1, 1.21)).isTrue();
    assertThat(Operator.AT_MOST.holds(1.21001, 1.21)).isFalse();
    assertThat(Operator.AT_LEAST.holds(1.21, 1.21001)).isFalse();
    assertThat(Operator.AT_MOST.holds(Double.POSITIVE_INFINITY, 1)).isFalse();
    assertThat(Operator.AT_MOST.holds(Double.NaN, 1)).isTrue();
  }
}

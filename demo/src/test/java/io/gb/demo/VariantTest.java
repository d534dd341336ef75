package io.gb.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each leak has its fix, and each fix its leak. */
class VariantTest {

  @ParameterizedTest
  @EnumSource(Variant.class)
  void aFixMendsItsLeak(Variant variant) {
    assertThat(variant.fix().leaks()).isFalse();
    assertThat(variant.leak().leaks()).isTrue();
    assertThat(variant.leaks()).isEqualTo(variant.leak() == variant);
    assertThat(Variant.of(variant.label())).contains(variant);
  }
}

package io.gb.compare.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.500",
    "12345.6, 12346",
    "0.00012343, 0.0001234",
    "3e-14, 3.000e-14",
    "-3e-14, -3.000e-14",
    "1e15, 1000000000000000",
    "1.2341e300, 1.234e+300",
    "0, 0"
  })
  void fourDigitsAreShownHoweverSmallANumberIs(double value, String text) {
    assertThat(Numbers.fourDigits(value)).isEqualTo(text);
  }

  @Test
  void manyDigitsInFrontOfThePointGiveWayToAnExponent() {
    assertThat(Numbers.fixed(-17.2, 2)).isEqualTo("-17.20");
    assertThat(Numbers.fixed(999_999_999, 2)).isEqualTo("999999999.00");
    assertThat(Numbers.fixed(9.974420664168325e19, 2)).isEqualTo("9.974e+19");
  }
}

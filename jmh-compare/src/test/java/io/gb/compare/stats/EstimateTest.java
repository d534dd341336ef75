package io.gb.compare.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EstimateTest {

  /** By hand: all n values lie on one side of the median with 2 / 2^n, and 2 / 2^6 = 0.03125. */
  @Test
  void sixValuesAreTheFewestForAnIntervalAt95Percent() {
    Estimate six = Estimate.ofMedian(new double[] {6, 2, 4, 1, 5, 3}, 0.95);
    assertThat(six).isEqualTo(new Estimate(3.5, 1, 6, 6));
    Estimate five = Estimate.ofMedian(new double[] {5, 2, 4, 1, 3}, 0.95);
    assertThat(five.median()).isEqualTo(3);
    assertThat(five.isBounded()).isFalse();
    assertThat(Estimate.fewest(0.95)).isEqualTo(6);
  }

  /** By hand: with n = 9, at most one below: (1 + 9) / 512 = 0.0195; at most two: 46 / 512. */
  @Test
  void nineValuesLeaveOneOutAtEachEnd() {
    Estimate nine = Estimate.ofMedian(new double[] {9, 8, 7, 6, 5, 4, 3, 2, 1}, 0.95);
    assertThat(nine).isEqualTo(new Estimate(5, 2, 8, 9));
  }

  /** By hand: with n = 5, none below: 1/32 on each side, 93.75 % between. */
  @Test
  void aConfidenceThatASampleHasExactlyIsReached() {
    double[] five = {1, 2, 3, 4, 5};
    assertThat(Estimate.ofMedian(five, 0.9375)).isEqualTo(new Estimate(3, 1, 5, 5));
    assertThat(Estimate.ofMedian(five, 0.938).isBounded()).isFalse();
  }

  @Test
  void theMedianOfInfiniteValuesIsInfinite() {
    double infinite = Double.POSITIVE_INFINITY;
    assertThat(Estimate.median(infinite, infinite)).isEqualTo(infinite);
    assertThat(Estimate.median(1, 2, infinite, infinite)).isEqualTo(infinite);
  }

  @Test
  void oneValueIsAnEstimateWithoutInterval() {
    assertThat(Estimate.ofMedian(new double[] {7}, 0.95))
        .isEqualTo(new Estimate(7, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1));
  }

  @Test
  void exactValuesHaveTheirRange() {
    assertThat(Estimate.ofExact(new double[] {24, 24, 32}, 3))
        .isEqualTo(new Estimate(24, 24, 32, 3));
  }

  @Test
  void theLargestCountStandsForAll() {
    assertThat(Estimate.ofCounts(new double[] {0, 2, 0, 0}, 2)).isEqualTo(new Estimate(2, 0, 2, 2));
  }

  @Test
  void theErrorIsTheLargerSideAsAShareOfTheMedian() {
    assertThat(new Estimate(100, 90, 105, 9).relativeError()).isEqualTo(0.1);
    assertThat(new Estimate(0, 0, 0, 9).relativeError()).isZero();
  }
}

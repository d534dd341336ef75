package io.gb.compare.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RatioTest {

  /** By hand: the ratios of {2, 4} by {1, 2} are 1, 2, 2 and 4; the middle two are 2. */
  @Test
  void theMiddleOfAllPairs() {
    Ratio ratio = hodgesLehmann(new double[] {1, 2}, new double[] {2, 4});
    assertThat(ratio.value()).isEqualTo(2);
    assertThat(ratio.isBounded()).isFalse();
  }

  /**
   * By hand: with four on each side, P(U = 0) = 1 / 70 = 0.014 and P(U &lt;= 1) = 2 / 70 = 0.029,
   * so only the outermost pair is left out: the interval runs from the smallest ratio to the
   * largest.
   */
  @Test
  void fourOnEachSideHaveTheRangeAsInterval() {
    Ratio ratio = hodgesLehmann(new double[] {1, 2, 4, 8}, new double[] {16, 32, 64, 128});
    assertThat(ratio).isEqualTo(new Ratio(16, 2, 128));
  }

  @Test
  void theIntervalExcludesOneJustWhenTheTestShowsADifference() {
    double[] base = {100, 101, 102, 103, 104};
    for (double first = 95; first < 110; first += 0.25) {
      double[] contender = {first, first + 1.1, first + 2.2, first + 3.3, first + 4.4};
      Ratio ratio = hodgesLehmann(base, contender);
      boolean excludesOne = ratio.lower() > 1 || ratio.upper() < 1;
      if (first * 20 % 2 != 0) {
        assertThat(excludesOne)
            .as("from %s", first)
            .isEqualTo(MannWhitney.test(base, contender).p() <= 0.05);
      }
    }
  }

  /** By hand: of 20 choices of three out of six, one is all below; 1/20 on each side leave 90 %. */
  @Test
  void aConfidenceThatSamplesHaveExactlyIsReached() {
    double[] base = {1, 2, 3};
    double[] contender = {4, 5, 6};
    assertThat(Ratio.hodgesLehmann(base, contender, 0.9))
        .hasValueSatisfying(ratio -> assertThat(ratio.lower()).isGreaterThan(1));
    assertThat(Ratio.hodgesLehmann(base, contender, 0.901))
        .hasValueSatisfying(ratio -> assertThat(ratio.isBounded()).isFalse());
  }

  @Test
  void valuesNotAboveZeroHaveNone() {
    assertThat(Ratio.hodgesLehmann(new double[] {0, 1}, new double[] {1, 2}, 0.95)).isEmpty();
    assertThat(Ratio.hodgesLehmann(new double[] {1, 2}, new double[] {-1, 2}, 0.95)).isEmpty();
    double[] zeros = new double[6];
    assertThat(Ratio.hodgesLehmann(zeros, zeros, 0.95)).contains(new Ratio(1, 1, 1));
    assertThat(Ratio.hodgesLehmann(new double[2], new double[2], 0.95)).isEmpty();
    assertThat(Ratio.exact(0, 8)).isEmpty();
    assertThat(Ratio.exact(0, 0)).contains(new Ratio(1, 1, 1));
  }

  @Test
  void hugeSamplesNeedNoListOfAllPairs() {
    double[] base = new double[20_000];
    double[] contender = new double[20_000];
    for (int i = 0; i < base.length; i++) {
      base[i] = 1000 + i % 97;
      contender[i] = 2 * base[i];
    }
    Ratio ratio = hodgesLehmann(base, contender);
    assertThat(ratio.value()).isCloseTo(2, within(1e-9));
    assertThat(ratio.lower()).isBetween(1.99, 2.0);
  }

  @Test
  void withinIsTheSameSeenFromEitherSide() {
    assertThat(new Ratio(1, 0.991, 1.009).isWithin(0.01)).isTrue();
    assertThat(new Ratio(1, 1 / 1.009, 1 / 0.991).isWithin(0.01)).isTrue();
    // By hand: 1 / 1.01 = 0.990099.
    assertThat(new Ratio(1, 0.9902, 1.001).isWithin(0.01)).isTrue();
    assertThat(new Ratio(1, 0.99005, 1.001).isWithin(0.01)).isFalse();
    assertThat(new Ratio(1, 1, 1.0101).isWithin(0.01)).isFalse();
  }

  private static Ratio hodgesLehmann(double[] base, double[] contender) {
    return Ratio.hodgesLehmann(base, contender, 0.95).orElseThrow();
  }

  @Test
  void ratiosTooLargeOrTooSmallForANumberDoNotExist() {
    double[] small = {1e-300, 2e-300};
    double[] large = {1e300, 2e300};
    assertThat(Ratio.hodgesLehmann(small, large, 0.95)).isEmpty();
    assertThat(Ratio.hodgesLehmann(large, small, 0.95)).isEmpty();
    assertThat(Ratio.exact(1e-300, 1e300)).isEmpty();
    assertThat(Ratio.exact(1e300, 1e-300)).isEmpty();
    assertThat(Ratio.exact(1, -1)).isEmpty();
  }
}

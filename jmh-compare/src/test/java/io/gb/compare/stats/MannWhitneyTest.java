package io.gb.compare.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MannWhitneyTest {

  /**
   * By hand. If all values of one side are below those of the other, this is one choice of n places
   * out of 2 n, and the mirrored one is as extreme: p = 2 / C(2n, n), with C(6, 3) = 20, C(8, 4) =
   * 70, C(10, 5) = 252 and C(12, 6) = 924.
   */
  @ParameterizedTest
  @CsvSource({"3, 20", "4, 70", "5, 252", "6, 924"})
  void separateSidesHaveTheSmallestP(int n, int choices) {
    double[] low = count(n, 0);
    double[] high = count(n, n);
    assertThat(p(low, high)).isCloseTo(2.0 / choices, within(1e-15));
    assertThat(MannWhitney.smallestPValue(n, n)).isCloseTo(2.0 / choices, within(1e-15));
  }

  /**
   * By hand, one step from separate: x has ranks 1..n-1 and n+1. Its rank sum is one above the
   * least; two choices are at most that: p = 2 * 2 / C(2n, n).
   */
  @ParameterizedTest
  @CsvSource({"3, 20", "4, 70", "5, 252", "6, 924"})
  void oneExchangeDoublesIt(int n, int choices) {
    double[] x = count(n, 0);
    double[] y = count(n, n);
    x[n - 1] = n;
    y[0] = n - 1;
    assertThat(p(x, y)).isCloseTo(4.0 / choices, within(1e-15));
  }

  /**
   * By hand, n = 3 with a tie: {1, 2, 2} against {2, 3, 4}. Midranks: 1 has 1, the three 2 have 3,
   * then 5 and 6. The first side's sum is 7. Of the 20 choices of three of the ranks 1 3 3 3 5 6,
   * those of at most 7 are 1+3+3, three of them; so p = 2 * 3 / 20.
   */
  @Test
  void tiesShareTheirRanks() {
    assertThat(p(new double[] {1, 2, 2}, new double[] {2, 3, 4})).isCloseTo(0.3, within(1e-15));
  }

  @Test
  void equalSamplesAreNoSurprise() {
    double[] sample = {5, 1, 4, 2};
    assertThat(p(sample, sample)).isEqualTo(1);
    assertThat(p(new double[] {7, 7, 7}, new double[] {7, 7})).isEqualTo(1);
    double[] many = new double[100];
    assertThat(p(many, many)).isEqualTo(1);
  }

  @Test
  void pIsExactUpToTheSizesThatAreDocumented() {
    assertThat(MannWhitney.isExact(25, 375)).isTrue();
    assertThat(MannWhitney.isExact(25, 376)).isFalse();
    assertThat(MannWhitney.isExact(26, 26)).isFalse();
    assertThat(MannWhitney.isExact(9, 10_000)).isTrue();
    assertThat(MannWhitney.isExact(391, 10)).isFalse();
  }

  @Test
  void theNormalApproximationMeetsTheExactTest() {
    double[] x = count(MannWhitney.LARGEST_EXACT, 0);
    double[] y = count(MannWhitney.LARGEST_EXACT, 5);
    double exact = p(x, y);
    assertThat(exact).isBetween(0.001, 0.1);
    double[] oneMore = count(MannWhitney.LARGEST_EXACT + 1, 0);
    double[] oneMoreToo = count(MannWhitney.LARGEST_EXACT + 1, 5);
    assertThat(p(oneMore, oneMoreToo)).isBetween(exact / 3, exact * 1.2);
  }

  /** By hand: one value of 31 lies above the others in one choice of 31, or below them. */
  @Test
  void oneValueAgainstManyIsExact() {
    double[] many = count(30, 0);
    assertThat(p(many, new double[] {50})).isCloseTo(2.0 / 31, within(1e-15));
    assertThat(p(new double[] {50}, new double[30])).isCloseTo(2.0 / 31, within(1e-15));
    assertThat(MannWhitney.smallestPValue(30, 1)).isCloseTo(2.0 / 31, within(1e-15));
    assertThat(p(count(1000, 0), count(3, 1000)))
        .isCloseTo(12.0 / 1003 / 1002 / 1001, within(1e-18));
  }

  /** By hand: half of all choices of three out of 0 0 0 0 0 1 hold the 1, and half do not. */
  @Test
  void theSmallestPKnowsOfTies() {
    TestResult test = MannWhitney.test(new double[3], new double[] {0, 0, 1});
    assertThat(test.p()).isEqualTo(1);
    assertThat(test.smallestP()).isEqualTo(1);
    TestResult apart = MannWhitney.test(count(5, 0), count(5, 5));
    assertThat(apart.smallestP()).isEqualTo(apart.p());
    TestResult large = MannWhitney.test(count(26, 0), count(26, 26));
    assertThat(large.smallestP()).isEqualTo(large.p());
    assertThat(MannWhitney.test(new double[4], new double[4])).isEqualTo(new TestResult(0, 1, 1));
  }

  /**
   * By hand: of its three pairs, 3 is larger in one, equal in one, smaller in one; 1 is always
   * smaller.
   */
  @Test
  void theShiftCountsPairs() {
    assertThat(MannWhitney.test(new double[] {2, 3, 4}, new double[] {1, 3}).shift())
        .isCloseTo((1 - 4) / 6.0, within(1e-15));
    assertThat(MannWhitney.test(new double[] {1, 3}, new double[] {2, 3, 4}).shift())
        .isCloseTo((4 - 1) / 6.0, within(1e-15));
    assertThat(MannWhitney.test(count(500, 0), count(500, 500)).shift()).isEqualTo(1);
    assertThat(MannWhitney.test(count(3, 0), count(9, -9)).shift()).isEqualTo(-1);
  }

  @Test
  void samplesAreNotChanged() {
    double[] x = {3, 1, 2};
    double[] y = {9, 7, 8};
    assertThat(p(x, y)).isPositive();
    assertThat(x).containsExactly(3, 1, 2);
    assertThat(y).containsExactly(9, 7, 8);
  }

  private static double p(double[] first, double[] second) {
    return MannWhitney.test(first, second).p();
  }

  private static double[] count(int n, int from) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> from + i);
    return values;
  }
}

package io.gb.compare.stats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Tests that are judged together. Holm's correction is over those that can show anything at the
 * level; the others would only lower the power of the rest (Tarone, 1990). Immutable.
 */
public final class Family {

  private final double level;
  private final double[] adjusted;
  private final int size;

  /**
   * Corrects the tests.
   *
   * @param tests may be empty
   * @param level the probability of even one false alarm among all tests, above 0 and below 1
   */
  public Family(List<TestResult> tests, double level) {
    this.level = level;
    int[] able =
        IntStream.range(0, tests.size()).filter(i -> tests.get(i).smallestP() <= level).toArray();
    this.size = able.length;
    this.adjusted = tests.stream().mapToDouble(TestResult::p).toArray();
    double[] corrected = Holm.adjust(Arrays.stream(able).mapToDouble(i -> adjusted[i]).toArray());
    for (int i = 0; i < able.length; i++) {
      adjusted[able[i]] = corrected[i];
    }
  }

  /**
   * {@return the corrected p of a test; p itself if the test cannot show anything}
   *
   * @param test its index in the list
   */
  public double adjustedP(int test) {
    return adjusted[test];
  }

  /**
   * {@return whether a test shows a difference}
   *
   * @param test its index in the list
   */
  public boolean shows(int test) {
    return adjusted[test] <= level;
  }

  /**
   * {@return how many standard errors a change must be, so that a test shows it in this share of
   * cases even if no other test shows one}
   *
   * @param power above 0 and below 1
   */
  public double reach(double power) {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    return normal.inverseSurvivalProbability(level / 2 / Math.max(1, size))
        + normal.inverseCumulativeProbability(power);
  }

  /**
   * {@return a family without tests, for which a test has the whole level for itself}
   *
   * @param level above 0 and below 1
   */
  public static Family empty(double level) {
    return new Family(List.of(), level);
  }

  /** {@return how many tests share the correction} */
  public int size() {
    return size;
  }

  /**
   * {@return whether samples of these sizes that do not overlap would show a difference even if no
   * other test of the family does}
   *
   * @param m size of one sample, at least 1
   * @param n size of the other, at least 1
   */
  public boolean canShow(int m, int n) {
    return canShow(m, n, size, level);
  }

  /**
   * {@return the same for a family that is not there yet}
   *
   * @param m size of one sample, at least 1
   * @param n size of the other, at least 1
   * @param size how many tests it will have
   * @param level as for the family
   */
  public static boolean canShow(int m, int n, int size, double level) {
    return MannWhitney.smallestPValue(m, n) * Math.max(1, size) <= level;
  }

  /** {@return the fewest values on each side for which {@link #canShow} holds} */
  public int fewest() {
    int n = 1;
    while (!canShow(n, n)) {
      n++;
    }
    return n;
  }
}

package io.gb.compare.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The difference of the logarithms of two values, which has a normal distribution with an estimated
 * variance: Student's t. Immutable.
 *
 * @param value second less first logarithm
 * @param variance of the value, above 0
 */
public record LogDifference(double value, Variance variance) implements TestOfRatio {

  /** With more degrees of freedom, Student's distribution is the normal one. */
  private static final double NORMAL = 1e7;

  @Override
  public TestResult at(double ratio) {
    double t = (value - Math.log(ratio)) / Math.sqrt(variance.value());
    double p = 2 * student(variance).survivalProbability(Math.abs(t));
    return new TestResult(Math.signum(t), Math.min(1, p), 0);
  }

  /**
   * {@return the ratio, with its interval}
   *
   * @param confidence above 0 and below 1
   */
  public Ratio ratio(double confidence) {
    double reach = reach(variance, confidence);
    return new Ratio(Math.exp(value), Math.exp(value - reach), Math.exp(value + reach));
  }

  /**
   * {@return how far an interval reaches from its middle}
   *
   * @param variance of the value in the middle
   * @param confidence above 0 and below 1
   */
  public static double reach(Variance variance, double confidence) {
    double t = student(variance).inverseSurvivalProbability(Estimate.tail(confidence));
    return t * Math.sqrt(variance.value());
  }

  private static TDistribution student(Variance variance) {
    return TDistribution.of(Math.min(NORMAL, variance.freedom()));
  }
}

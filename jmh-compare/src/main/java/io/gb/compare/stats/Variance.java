package io.gb.compare.stats;

import java.util.Arrays;
import java.util.List;

/**
 * An estimate of a variance. Immutable.
 *
 * @param value 0 or more
 * @param freedom degrees of freedom, above 0; infinite if the variance is known
 */
public record Variance(double value, double freedom) {

  /**
   * {@return the mean of some values and the sum of their squared distances from it}
   *
   * @param values at least one value
   */
  static double[] meanAndSquares(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return new double[] {mean, Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum()};
  }

  /**
   * {@return the variance within samples, all together; with 0 degrees of freedom if each has a
   * single value}
   *
   * @param samples each with at least one value
   */
  public static Variance within(List<double[]> samples) {
    double freedom = samples.stream().mapToInt(sample -> sample.length - 1).sum();
    double squares = 0;
    for (double[] sample : samples) {
      squares += meanAndSquares(sample)[1];
    }
    return new Variance(freedom == 0 ? 0 : squares / freedom, freedom);
  }

  /**
   * {@return the variance of a single value of a new group: between groups and within them; exact
   * if all groups have one size}
   *
   * @param groups at least two, each with at least one value
   */
  public static Variance ofNewGroup(List<double[]> groups) {
    double[] means = groups.stream().mapToDouble(group -> meanAndSquares(group)[0]).toArray();
    double between = meanAndSquares(means)[1] / (means.length - 1);
    double values = groups.stream().mapToInt(group -> group.length).sum();
    double inner = groups.stream().mapToDouble(group -> meanAndSquares(group)[1]).sum();
    double within = values > groups.size() ? inner / (values - groups.size()) : 0;
    return new Variance(between + within * (1 - groups.size() / values), means.length - 1.0);
  }

  /**
   * {@return the variance of a sum of independent values, with degrees of freedom after Welch and
   * Satterthwaite}
   *
   * @param parts variances of the values, at least one
   */
  public static Variance ofSum(List<Variance> parts) {
    double value = parts.stream().mapToDouble(Variance::value).sum();
    double shares =
        parts.stream().mapToDouble(part -> part.value() * part.value() / part.freedom()).sum();
    return new Variance(value, shares == 0 ? Double.POSITIVE_INFINITY : value * value / shares);
  }

  /**
   * {@return the variance of the value multiplied by a root}
   *
   * @param factor 0 or more
   */
  public Variance times(double factor) {
    return new Variance(value * factor, freedom);
  }
}

package io.gb.compare.stats;

import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Trigamma;

/**
 * What the variances of many rows say of the variance of one more: an inverse chi-squared
 * distribution around a common value (Smyth, 2004, section 6.2: empirical Bayes). Immutable.
 *
 * @param variance the common value, and how much it weighs in degrees of freedom; infinite if the
 *     rows do not differ
 * @param most degrees of freedom of all rows together
 */
public record Prior(Variance variance, double most) {

  /** With fewer degrees of freedom in all rows, simulated false alarms exceed their level. */
  private static final double FEWEST = 60;

  /**
   * The spread of the rows' variances counts with so many of its standard errors more. Without it,
   * rows that differ by chance as little as equal ones do would lend each other too much.
   */
  private static final double STANDARD_ERRORS = 2;

  /**
   * Estimates the distribution.
   *
   * @param rows variances of rows, each with degrees of freedom; those of 0 are left out
   * @return nothing if the rows have less than 60 degrees of freedom together
   */
  public static Optional<Prior> of(List<Variance> rows) {
    List<Variance> known = rows.stream().filter(row -> row.value() > 0).toList();
    double most = known.stream().mapToDouble(Variance::freedom).sum();
    if (most < FEWEST) {
      return Optional.empty();
    }
    double[] centred =
        known.stream()
            .mapToDouble(row ->
                Math.log(row.value())
                    - Digamma.value(row.freedom() / 2)
                    + Math.log(row.freedom() / 2))
            .toArray();
    double[] mean = Variance.meanAndSquares(centred);
    double spread = mean[1] / (known.size() - 1);
    double chance =
        known.stream().mapToDouble(row -> Trigamma.value(row.freedom() / 2)).average().orElse(0);
    double error = STANDARD_ERRORS * Math.sqrt(2.0 / (known.size() - 1));
    double excess = spread * (1 + error) - chance;
    if (excess <= 0) {
      return Optional.of(
          new Prior(new Variance(Math.exp(mean[0]), Double.POSITIVE_INFINITY), most));
    }
    double half = inverseTrigamma(excess);
    double value = Math.exp(mean[0] + Digamma.value(half) - Math.log(half));
    return Optional.of(new Prior(new Variance(value, 2 * half), most));
  }

  /**
   * {@return the variance of a row, moderated by this distribution}
   *
   * @param own of the row; may have 0 degrees of freedom
   */
  public Variance moderate(Variance own) {
    double weight = variance.freedom();
    double value =
        Double.isInfinite(weight)
            ? variance.value()
            : (weight * variance.value() + own.freedom() * own.value()) / (weight + own.freedom());
    return new Variance(value, Math.min(weight + own.freedom(), most));
  }

  /** Solves trigamma(y) = x by Newton's method for 1 / trigamma, which is nearly linear. */
  private static double inverseTrigamma(double x) {
    double y = 0.5 + 1 / x;
    for (int i = 0; i < 50; i++) {
      double trigamma = Trigamma.value(y);
      double step = 1e-5 * y;
      double slope = (Trigamma.value(y + step) - Trigamma.value(y - step)) / (2 * step);
      double change = trigamma * (1 - trigamma / x) / slope;
      y += change;
      if (Math.abs(change) < 1e-12 * y) {
        break;
      }
    }
    return y;
  }
}

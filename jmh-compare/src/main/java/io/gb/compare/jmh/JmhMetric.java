package io.gb.compare.jmh;

import java.util.ArrayList;
import java.util.List;

/** One metric of one benchmark: its scores by fork and iteration. Immutable. */
public final class JmhMetric {

  private final String name;
  private final String unit;
  private final double score;
  private final List<double[]> forks;
  private final int dropped;

  /**
   * Creates it.
   *
   * @param name {@code time} or {@code throughput} for the primary one, else JMH's name without the
   *     dot that versions before 1.37 put in front
   * @param unit as in the file, {@code ns/op}
   * @param score JMH's own score; may be NaN
   * @param forks the scores of each fork's iterations; those that are not finite are left out, and
   *     so are forks without any
   */
  public JmhMetric(String name, String unit, double score, List<double[]> forks) {
    this.name = name;
    this.unit = unit;
    this.score = score;
    List<double[]> kept = new ArrayList<>(forks.size());
    int left = 0;
    for (double[] fork : forks) {
      double[] finite = finite(fork);
      left += fork.length - finite.length;
      if (finite.length > 0) {
        kept.add(finite);
      }
    }
    this.forks = List.copyOf(kept);
    this.dropped = left;
  }

  private JmhMetric(JmhMetric same, String name) {
    this.name = name;
    this.unit = same.unit;
    this.score = same.score;
    this.forks = same.forks;
    this.dropped = same.dropped;
  }

  /** Returns the name, as described above. */
  public String name() {
    return name;
  }

  /** Returns the unit as it stands in the file. */
  public String unit() {
    return unit;
  }

  /** Returns JMH's own score, the mean over all iterations for most metrics; may be NaN. */
  public double score() {
    return score;
  }

  /** Returns how many forks there are with at least one finite score. */
  public int forks() {
    return forks.size();
  }

  /** Returns a copy of the scores of one fork's iterations, finite and at least one. */
  public double[] iterations(int fork) {
    return forks.get(fork).clone();
  }

  /** Returns how many scores were left out because they were not finite. */
  public int dropped() {
    return dropped;
  }

  /** Returns the same scores under another name. */
  JmhMetric named(String other) {
    return new JmhMetric(this, other);
  }

  private static double[] finite(double[] scores) {
    int count = 0;
    for (double score : scores) {
      if (Double.isFinite(score)) {
        count++;
      }
    }
    if (count == scores.length) {
      return scores;
    }
    double[] finite = new double[count];
    int next = 0;
    for (double score : scores) {
      if (Double.isFinite(score)) {
        finite[next++] = score;
      }
    }
    return finite;
  }
}

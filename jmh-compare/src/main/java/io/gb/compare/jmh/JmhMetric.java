package io.gb.compare.jmh;

import java.util.Arrays;
import java.util.List;

/** One metric of one benchmark: its scores by fork and iteration. Immutable. */
public final class JmhMetric {

  /** Fewer distinct scores can be equal by chance, if the timer is coarse. */
  private static final int FEWEST_TELLING = 3;

  private final String name;
  private final String unit;
  private final double score;

  /**
   * The scores of all forks in one array, each up to its end: thousands of small arrays cost more.
   */
  private final double[] scores;

  private final int[] ends;
  private final int dropped;

  /**
   * Creates a metric.
   *
   * @param name {@code time} or {@code throughput} for the primary metric, else JMH's name without
   *     the dot that versions before 1.37 put in front
   * @param unit as in the file, {@code ns/op}
   * @param score JMH's own score; may be NaN
   * @param forks the scores of each fork's iterations; scores that are not finite are left out, and
   *     so are forks without any others
   */
  public JmhMetric(String name, String unit, double score, List<double[]> forks) {
    this.name = name;
    this.unit = unit;
    this.score = score;
    double[] kept = new double[forks.stream().mapToInt(fork -> fork.length).sum()];
    int[] keptEnds = new int[forks.size()];
    int next = 0;
    int fork = 0;
    for (double[] iterations : forks) {
      int start = next;
      for (double iteration : iterations) {
        if (Double.isFinite(iteration)) {
          kept[next++] = iteration;
        }
      }
      if (next > start) {
        keptEnds[fork++] = next;
      }
    }
    this.scores = Arrays.copyOf(kept, next);
    this.ends = Arrays.copyOf(keptEnds, fork);
    this.dropped = kept.length - next;
  }

  /** {@return the name: {@code time}, {@code throughput} or that of a secondary metric} */
  public String name() {
    return name;
  }

  /** {@return the unit as in the file; may be empty} */
  public String unit() {
    return unit;
  }

  /** {@return JMH's own score, the mean over all iterations for most metrics; may be NaN} */
  public double score() {
    return score;
  }

  /** {@return the number of forks with at least one finite score} */
  public int forks() {
    return ends.length;
  }

  /**
   * {@return a copy of the scores of one fork's iterations: at least one, all finite}
   *
   * @param fork from 0 on, below {@link #forks}
   * @throws IndexOutOfBoundsException if there is no such fork
   */
  public double[] iterations(int fork) {
    return Arrays.copyOfRange(scores, fork == 0 ? 0 : ends[fork - 1], ends[fork]);
  }

  /**
   * {@return whether another metric has the same scores, with enough distinct ones that they cannot
   * be equal by chance}
   *
   * @param other a metric with the same name
   */
  public boolean hasSameScores(JmhMetric other) {
    return Arrays.equals(scores, other.scores)
        && Arrays.stream(scores).distinct().limit(FEWEST_TELLING).count() == FEWEST_TELLING;
  }

  /** {@return the number of scores that were left out because they were not finite} */
  public int dropped() {
    return dropped;
  }
}

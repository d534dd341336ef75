package io.gb.compare.jmh;

import java.util.Arrays;
import java.util.List;

/** One metric of one benchmark: its scores by fork and iteration. Immutable. */
public final class JmhMetric {

  /** Fewer different scores may well come twice, where a single call takes so many microseconds. */
  private static final int FEWEST_TELLING = 3;

  private final String name;
  private final String unit;
  private final double score;

  /** All forks in one array, each up to its end: thousands of small arrays cost more. */
  private final double[] scores;

  private final int[] ends;
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
    return ends.length;
  }

  /**
   * Returns a copy of the scores of one fork's iterations, finite and at least one.
   *
   * @param fork from 0 on, below {@link #forks}
   * @throws IndexOutOfBoundsException if there is no such fork
   */
  public double[] iterations(int fork) {
    return Arrays.copyOfRange(scores, fork == 0 ? 0 : ends[fork - 1], ends[fork]);
  }

  /**
   * Returns whether another one has the very same scores, so many and so different ones that it
   * cannot be by chance.
   */
  public boolean hasSameScores(JmhMetric other) {
    return Arrays.equals(scores, other.scores)
        && Arrays.stream(scores).distinct().limit(FEWEST_TELLING).count() == FEWEST_TELLING;
  }

  /** Returns how many scores were left out because they were not finite. */
  public int dropped() {
    return dropped;
  }
}

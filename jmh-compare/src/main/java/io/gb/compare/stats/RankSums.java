package io.gb.compare.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exact distribution of the sum of ranks of the first of two samples, if both come from the
 * same distribution: each choice of m out of the m + n ranks is then equally likely. Ranks are
 * doubled, because tied values share the mean of their ranks, which may not be whole. Immutable.
 *
 * <p>The shift algorithm (Streitberg and Röhmel, 1986) counts the choices: it takes the ranks one
 * after the other, and {@code ways[k][s]} is the number of choices of k ranks seen so far whose sum
 * is s. Descending k and s let each rank be chosen at most once. Nothing is subtracted, so that
 * small tails are as exact as large ones.
 */
final class RankSums {

  private static final Map<Long, RankSums> UNTIED = new ConcurrentHashMap<>();

  /** The smallest and the largest possible sum. */
  private final int least;

  private final int most;

  /** At s - least: the number of choices whose sum of doubled ranks is s or less. */
  private final double[] upTo;

  /** At s - least: the number of choices whose sum of doubled ranks is s or more. */
  private final double[] from;

  private RankSums(int least, double[] choices) {
    this.least = least;
    this.most = least + choices.length - 1;
    this.upTo = choices.clone();
    this.from = choices.clone();
    for (int i = 1; i < choices.length; i++) {
      upTo[i] += upTo[i - 1];
      from[choices.length - 1 - i] += from[choices.length - i];
    }
  }

  /**
   * Counts the choices.
   *
   * @param m size of the first sample, at least 1 and below that of both together
   * @param doubledRanks the doubled ranks of both samples together, ascending
   */
  static RankSums of(int m, int[] doubledRanks) {
    int least = Arrays.stream(doubledRanks).limit(m).sum();
    int most = Arrays.stream(doubledRanks).skip(doubledRanks.length - m).sum();
    double[][] ways = new double[m + 1][most + 1];
    ways[0][0] = 1;
    int seen = 0;
    // The largest sum of k ranks seen so far.
    int[] reached = new int[m + 1];
    for (int rank : doubledRanks) {
      seen++;
      for (int k = Math.min(m, seen); k > 0; k--) {
        reached[k] = Math.max(reached[k], reached[k - 1] + rank);
        double[] with = ways[k];
        double[] without = ways[k - 1];
        for (int sum = Math.min(most, reached[k]); sum >= rank; sum--) {
          with[sum] += without[sum - rank];
        }
      }
    }
    return new RankSums(least, Arrays.copyOfRange(ways[m], least, most + 1));
  }

  /** Returns the distribution for samples of m and n values, all different. */
  static RankSums untied(int m, int n) {
    return UNTIED.computeIfAbsent(
        ((long) m << 32) | n,
        sizes -> {
          int[] doubled = new int[m + n];
          Arrays.setAll(doubled, i -> 2 * (i + 1));
          return of(m, doubled);
        });
  }

  /** Returns the probability of a sum of doubled ranks of at most this. */
  double atMost(int sum) {
    return sum < least ? 0 : upTo[Math.min(sum, most) - least] / all();
  }

  /** Returns the probability of a sum of doubled ranks of at least this. */
  double atLeast(int sum) {
    return sum > most ? 0 : from[Math.max(sum, least) - least] / all();
  }

  /** Returns twice the smaller tail, at most 1. */
  double twoSided(int sum) {
    return Math.min(1, 2 * Math.min(atMost(sum), atLeast(sum)));
  }

  /** Returns the smallest possible two-sided p. */
  double smallestTwoSided() {
    return Math.min(twoSided(least), twoSided(most));
  }

  private double all() {
    return from[0];
  }
}

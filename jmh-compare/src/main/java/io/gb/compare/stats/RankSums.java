package io.gb.compare.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exact distribution of the sum of ranks of the first of two samples, if both come from the
 * same distribution: each choice of m out of the m + n ranks is then equally likely. Ranks are
 * doubled, so that tied values, which share the mean of their ranks, have whole ones. Immutable.
 *
 * <p>Counted by the shift algorithm (Streitberg and Röhmel, 1986): take the ranks one after the
 * other; {@code ways[k][s]} is then the number of choices of k among those seen whose sum is s.
 * Going down with k and s lets each rank be chosen at most once. Nothing is ever subtracted, so
 * that small tails are as exact as large ones.
 */
final class RankSums {

  private static final Map<Long, RankSums> UNTIED = new ConcurrentHashMap<>();

  /** The smallest and the largest sum there is. */
  private final int least;

  private final int most;

  /** At s - least: how many choices have a sum of doubled ranks of s or less. */
  private final double[] upTo;

  /** At s - least: how many choices have a sum of doubled ranks of s or more. */
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
   * Counts them.
   *
   * @param m how many ranks the first sample has, at least one and not all
   * @param doubledRanks the doubled ranks of both samples together, in their order
   */
  static RankSums of(int m, int[] doubledRanks) {
    int least = Arrays.stream(doubledRanks).limit(m).sum();
    int most = Arrays.stream(doubledRanks).skip(doubledRanks.length - m).sum();
    double[][] ways = new double[m + 1][most + 1];
    ways[0][0] = 1;
    int seen = 0;
    // No more than the sum of the largest ones can come together, k by k.
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
        _ -> {
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

  /** Returns the smallest two-sided p there is. */
  double smallestTwoSided() {
    return Math.min(twoSided(least), twoSided(most));
  }

  private double all() {
    return from[0];
  }
}

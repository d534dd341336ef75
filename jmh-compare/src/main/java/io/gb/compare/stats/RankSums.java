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
 * Going down with k and s lets each rank be chosen at most once.
 */
final class RankSums {

  private static final Map<Long, RankSums> UNTIED = new ConcurrentHashMap<>();

  /**
   * At s: how many choices have a sum of doubled ranks of at most s. Whole numbers, and exact in a
   * double up to 2^53, which is more than the C(50, 25) choices of the largest exact test. Kept
   * undivided, so that the upper tail is as exact as the lower one.
   */
  private final double[] atMost;

  private final double all;

  private RankSums(double[] atMost) {
    this.atMost = atMost;
    this.all = atMost[atMost.length - 1];
  }

  /**
   * Counts them.
   *
   * @param m how many ranks the first sample has
   * @param doubledRanks the doubled ranks of both samples together
   */
  static RankSums of(int m, int[] doubledRanks) {
    int most = Arrays.stream(doubledRanks).sum();
    double[][] ways = new double[m + 1][most + 1];
    ways[0][0] = 1;
    int reached = 0;
    for (int rank : doubledRanks) {
      reached += rank;
      for (int k = m; k > 0; k--) {
        for (int sum = reached; sum >= rank; sum--) {
          ways[k][sum] += ways[k - 1][sum - rank];
        }
      }
    }
    double[] atMost = ways[m];
    for (int sum = 1; sum <= most; sum++) {
      atMost[sum] += atMost[sum - 1];
    }
    return new RankSums(atMost);
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
    return choicesUpTo(sum) / all;
  }

  /** Returns the probability of a sum of doubled ranks of at least this. */
  double atLeast(int sum) {
    return (all - choicesUpTo(sum - 1)) / all;
  }

  private double choicesUpTo(int sum) {
    return sum < 0 ? 0 : atMost[Math.min(sum, atMost.length - 1)];
  }
}

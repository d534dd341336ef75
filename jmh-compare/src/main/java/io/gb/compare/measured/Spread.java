package io.gb.compare.measured;

import io.gb.compare.stats.Variance;

/**
 * How much the logarithms of the forks of a benchmark spread, where there are too few forks for a
 * test of ranks. Immutable.
 *
 * @param source where the spread comes from
 * @param variance of the logarithm of a fork's score
 */
public record Spread(Source source, Variance variance) {

  /** {@return the standard deviation as a share of the score} */
  public double share() {
    return Math.expm1(Math.sqrt(variance.value()));
  }

  /** Where a spread comes from. */
  public enum Source {
    /** Forks of the two sides, of this benchmark or of the others. */
    FORKS,
    /** Earlier results. */
    HISTORY,
    /** The user states it. */
    STATED,
    /**
     * Nobody states it, or a fork has a single iteration, whose variance nobody knows: good for a
     * first look, too little for a gate.
     */
    ASSUMED
  }
}

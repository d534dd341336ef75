package io.gb.compare.stats;

/**
 * The result of a two-sided test of whether two samples differ. Immutable.
 *
 * @param shift the share of pairs in which the value of the second sample is larger, minus the
 *     share in which it is smaller; of a test of logarithms only its sign: -1 to 1
 * @param p the probability of samples at least as different, if both come from one distribution
 * @param smallestP the smallest p of samples of these sizes; with these ties, if p is exact
 */
public record TestResult(double shift, double p, double smallestP) {}

package io.gb.compare.stats;

/**
 * The result of a Mann-Whitney U test. Immutable.
 *
 * @param shift the share of pairs in which the value of the second sample is larger, minus the
 *     share in which it is smaller; -1 to 1
 * @param p the probability of samples at least as different, if both come from one distribution
 * @param smallestP the smallest p of samples of these sizes; with these ties, if p is exact
 */
public record UTest(double shift, double p, double smallestP) {}

package io.gb.compare.stats;

/**
 * What a test of two samples says. Immutable.
 *
 * @param shift which sample tends to have the larger values: the share of pairs in which the second
 *     one's value is larger, less the share in which it is smaller; -1 to 1
 * @param p the probability of samples at least as different, if both come from one distribution
 * @param smallestP the smallest p that samples of these sizes can have, and with these ties if p is
 *     exact
 */
public record UTest(double shift, double p, double smallestP) {}

package io.gb.compare.stats;

/**
 * What a test of two samples says. Immutable.
 *
 * @param p the probability of samples at least as different, if both come from one distribution
 * @param smallestP the smallest p that samples of these sizes and with these ties can have
 */
public record UTest(double p, double smallestP) {}

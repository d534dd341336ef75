package io.gb.leaks.proof;

/**
 * What the instances of a class take in memory.
 *
 * @param className the name of the class; that of an array as in Java code
 * @param instances how many instances there are
 * @param bytes the size of all instances, without what they refer to
 * @param leakedBytes the size of those instances that only leaked threads hold, of those threads
 *     for which this was asked
 */
public record ClassUsage(String className, long instances, long bytes, long leakedBytes) {}

package io.gb.leaks.proof;

/**
 * What the instances of a class take.
 *
 * @param className its name, arrays as in Java code
 * @param instances how many there are
 * @param bytes their own size
 * @param leakedBytes of these, what only leaked threads hold, of those that count
 */
public record ClassUsage(String className, long instances, long bytes, long leakedBytes) {}

package io.gb.leaks.proof;

import java.util.List;

/**
 * What a heap dump proves about its threads.
 *
 * @param javaVersion the version of the JVM that was dumped, or empty
 * @param threads a finding for each thread, in the order of the dump
 * @param liveHeapBytes the size of all objects in the dump
 * @param leakedBytes the size of all objects that only leaked threads hold, of those threads for
 *     which this was asked
 * @param classes what each class takes, the largest first
 * @param assumptions what the verdicts rest on; empty if nothing is proven
 * @param maySettle whether leaks are only probable because of platform threads that were not at
 *     rest when the dump was taken, so that another dump may prove them
 */
public record Proof(
    String javaVersion,
    List<ThreadFinding> threads,
    long liveHeapBytes,
    long leakedBytes,
    List<ClassUsage> classes,
    List<Assumption> assumptions,
    boolean maySettle) {

  /** Copies the lists. */
  public Proof {
    threads = List.copyOf(threads);
    classes = List.copyOf(classes);
    assumptions = List.copyOf(assumptions);
  }
}

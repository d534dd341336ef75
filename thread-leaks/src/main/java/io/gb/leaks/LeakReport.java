package io.gb.leaks;

import io.gb.leaks.proof.ClassUsage;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.util.List;
import java.util.function.Predicate;

/**
 * What was found out about the threads of a JVM.
 *
 * @param javaVersion the version of that JVM, or empty
 * @param threads a finding for each thread
 * @param liveHeapBytes the size of all live objects
 * @param leakedBytes the size of what only leaked threads hold
 * @param classes what each class takes, the largest first
 * @param assumptions what the proofs rest on, a sentence each; empty if nothing is proven
 * @param samples how many heap dumps agree in what is proven: 1 or 2
 */
public record LeakReport(
    String javaVersion,
    List<ThreadFinding> threads,
    long liveHeapBytes,
    long leakedBytes,
    List<ClassUsage> classes,
    List<String> assumptions,
    int samples) {

  /** Copies the lists. */
  public LeakReport {
    threads = List.copyOf(threads);
    classes = List.copyOf(classes);
    assumptions = List.copyOf(assumptions);
  }

  static LeakReport of(Proof proof, List<ThreadFinding> threads, List<String> sentences, int n) {
    return new LeakReport(
            proof.javaVersion(), threads, proof.liveHeapBytes(), 0, proof.classes(), sentences, n)
        .withThreads(threads, n);
  }

  /** The same with other findings, and what follows from them. */
  LeakReport withThreads(List<ThreadFinding> others, int n) {
    long bytes =
        others.stream()
            .filter(thread -> thread.verdict().isProven())
            .mapToLong(ThreadFinding::retainedBytes)
            .sum();
    return new LeakReport(javaVersion, others, liveHeapBytes, bytes, classes, assumptions, n);
  }

  /**
   * The same report, where leaked threads that are meant to wait for ever have the verdict {@link
   * Verdict#BY_DESIGN}: an idle thread that keeps the JVM alive, for example. They no longer count
   * as leaks, nor does what they retain. Other verdicts stay, whatever is declared.
   *
   * @param declared covers those threads
   */
  public LeakReport byDesign(Ignores declared) {
    return withThreads(
        threads.stream()
            .map(thread ->
                thread.verdict().isLeak() && declared.covers(thread.name(), thread.stack())
                    ? thread.withVerdict(Verdict.BY_DESIGN, "declared to wait for ever")
                    : thread)
            .toList(),
        samples);
  }

  /** The threads that are proven to be leaked. */
  public List<ThreadFinding> proven() {
    return with(Verdict.LEAKED);
  }

  /** The threads with a verdict. */
  public List<ThreadFinding> with(Verdict verdict) {
    return threads.stream().filter(thread -> thread.verdict() == verdict).toList();
  }

  /** The same for some of the threads only. */
  public LeakReport only(Predicate<ThreadFinding> wanted) {
    return withThreads(threads.stream().filter(wanted).toList(), samples);
  }

  /**
   * The report as text for people.
   *
   * @param top how many classes to list
   */
  public String text(int top) {
    return String.join("\n", heapText(top), threadsText(), proofText());
  }

  /**
   * The part of {@link #text} that says what takes the heap.
   *
   * @param top how many classes to list
   */
  public String heapText(int top) {
    return new ReportText(this).heap(top);
  }

  /** The part of {@link #text} that lists the threads, in groups. */
  public String threadsText() {
    return new ReportText(this).threads();
  }

  /** The part of {@link #text} that says which threads are leaked and why. */
  public String proofText() {
    return new ReportText(this).proof();
  }

  /** The report as a JSON object. */
  public String json() {
    return new ReportJson(this).render();
  }
}

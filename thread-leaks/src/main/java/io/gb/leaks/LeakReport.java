package io.gb.leaks;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.gb.leaks.proof.ClassUsage;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.ThreadFinding.Group;
import io.gb.leaks.proof.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What was found out about the threads of a JVM.
 *
 * @param javaVersion the version of that JVM, or empty
 * @param threads a finding for each thread that was asked for
 * @param liveHeapBytes the size of all live objects in the last dump
 * @param leakedBytes the size of what only leaked ones of these threads hold. If some of them have
 *     been declared to wait for ever, it is what none of those holds, but for what several groups
 *     share
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

  /**
   * Puts a report together.
   *
   * @param proof what it tells
   * @param threads its findings, some of them with another verdict
   */
  static LeakReport of(
      Proof proof, List<ThreadFinding> threads, List<String> sentences, int samples) {
    return new LeakReport(
            proof.javaVersion(),
            proof.threads(),
            proof.liveHeapBytes(),
            proof.leakedBytes(),
            proof.classes(),
            sentences,
            samples)
        .withThreads(threads);
  }

  /** The same with other findings, and what follows from them. */
  private LeakReport withThreads(List<ThreadFinding> others) {
    Map<Group, Long> before = sizes(threads);
    Map<Group, Long> after = sizes(others);
    if (before.equals(after)) {
      return new LeakReport(
          javaVersion, others, liveHeapBytes, leakedBytes, classes, assumptions, samples);
    }
    List<ThreadFinding> kept =
        others.stream()
            .map(thread ->
                Objects.equals(before.get(thread.group()), after.get(thread.group()))
                    ? thread
                    : thread.withoutShared())
            .toList();
    Map<Group, Long> shared = new HashMap<>();
    long bytes = 0;
    for (ThreadFinding thread : kept) {
      if (thread.verdict().isProven()) {
        bytes += thread.retainedBytes();
        shared.merge(thread.group(), thread.sharedBytes(), Math::max);
      }
    }
    bytes += shared.values().stream().mapToLong(Long::longValue).sum();
    return new LeakReport(javaVersion, kept, liveHeapBytes, bytes, classes, assumptions, samples);
  }

  private static Map<Group, Long> sizes(List<ThreadFinding> threads) {
    return threads.stream()
        .filter(thread -> thread.verdict().isProven())
        .collect(groupingBy(ThreadFinding::group, counting()));
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
            .toList());
  }

  /** The threads that are proven to be leaked. */
  public List<ThreadFinding> proven() {
    return with(Verdict.LEAKED);
  }

  /** The threads with a verdict. */
  public List<ThreadFinding> with(Verdict verdict) {
    return threads.stream().filter(thread -> thread.verdict() == verdict).toList();
  }

  /** The same without other threads, if for those nothing has been added up anyway. */
  LeakReport only(Set<Long> ids) {
    List<ThreadFinding> wanted =
        threads.stream().filter(thread -> ids.contains(thread.id())).toList();
    boolean anyLeak = wanted.stream().anyMatch(thread -> thread.verdict().isLeak());
    return new LeakReport(
        javaVersion,
        wanted,
        liveHeapBytes,
        leakedBytes,
        classes,
        anyLeak ? assumptions : List.of(),
        samples);
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

package io.gb.leaks;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.gb.leaks.jvm.SampledProof;
import io.gb.leaks.proof.Assumption;
import io.gb.leaks.proof.ClassUsage;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.ThreadFinding.Kind;
import io.gb.leaks.proof.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What was found out about the threads of a JVM. Immutable.
 *
 * @param javaVersion the version of that JVM, or empty
 * @param threads a finding for each thread that was asked for
 * @param liveHeapBytes the size of all live objects in the last dump
 * @param leakedBytes the size of all objects that only leaked ones of these threads hold, or only
 *     probably leaked ones; one report never has both. If some of the leaked threads have been
 *     declared to wait for ever, it is the size of what none of those holds, without what threads
 *     of several kinds share
 * @param classes what each class takes, the largest first
 * @param assumptions what the proofs rest on, one sentence each; empty if nothing is proven
 * @param samples how many heap dumps agree in what is proven: 1 or 2
 * @param unconfirmed why there is no second sample of a running JVM though a leak is proven; empty
 *     if there is one, or if none was to be taken
 */
public record LeakReport(
    String javaVersion,
    List<ThreadFinding> threads,
    long liveHeapBytes,
    long leakedBytes,
    List<ClassUsage> classes,
    List<String> assumptions,
    int samples,
    String unconfirmed) {

  /** Copies the lists. */
  public LeakReport {
    threads = List.copyOf(threads);
    classes = List.copyOf(classes);
    assumptions = List.copyOf(assumptions);
  }

  static LeakReport of(SampledProof sampled) {
    Proof proof = sampled.proof();
    return new LeakReport(
            proof.javaVersion(),
            proof.threads(),
            proof.liveHeapBytes(),
            proof.leakedBytes(),
            proof.classes(),
            proof.assumptions().stream().map(Assumption::toString).toList(),
            sampled.samples(),
            sampled.unconfirmed())
        .withThreads(sampled.threads());
  }

  /** The same with other verdicts on some threads, and with the sizes that follow from them. */
  private LeakReport withThreads(List<ThreadFinding> others) {
    Map<Kind, Long> before = sizes(threads);
    Map<Kind, Long> after = sizes(others);
    if (before.equals(after)) {
      return with(others, leakedBytes, assumptions);
    }
    List<ThreadFinding> kept =
        others.stream()
            .map(thread ->
                Objects.equals(before.get(thread.kind()), after.get(thread.kind()))
                    ? thread
                    : thread.withoutShared())
            .toList();
    Map<Kind, Long> shared = new HashMap<>();
    long bytes = 0;
    for (ThreadFinding thread : kept) {
      if (thread.verdict().isForEver()) {
        bytes += thread.retainedBytes();
        shared.merge(thread.kind(), thread.sharedBytes(), Math::max);
      }
    }
    bytes += shared.values().stream().mapToLong(Long::longValue).sum();
    return with(kept, bytes, assumptions);
  }

  private LeakReport with(List<ThreadFinding> others, long bytes, List<String> sentences) {
    return new LeakReport(
        javaVersion, others, liveHeapBytes, bytes, classes, sentences, samples, unconfirmed);
  }

  private static Map<Kind, Long> sizes(List<ThreadFinding> threads) {
    return threads.stream()
        .filter(thread -> thread.verdict().isForEver())
        .collect(groupingBy(ThreadFinding::kind, counting()));
  }

  /**
   * {@return the same report, where leaked threads that are meant to wait for ever have the verdict
   * {@link Verdict#BY_DESIGN}: an idle thread that keeps the JVM alive, for example} They no longer
   * count as leaks, nor does what they retain. Other verdicts stay, whatever is declared.
   *
   * @param declared covers the threads that are meant to wait for ever
   */
  public LeakReport byDesign(ThreadFilter declared) {
    return withThreads(
        threads.stream()
            .map(thread ->
                thread.verdict().isLeak() && declared.covers(thread.name(), thread.stack())
                    ? thread.withVerdict(Verdict.BY_DESIGN, "declared to wait for ever")
                    : thread)
            .toList());
  }

  /**
   * {@return the same report without some threads} What leaked ones among them retain no longer
   * counts.
   *
   * @param others covers the threads to leave out
   */
  public LeakReport ignoring(ThreadFilter others) {
    return withThreads(
        threads.stream().filter(thread -> !others.covers(thread.name(), thread.stack())).toList());
  }

  /** {@return the threads that are proven to be leaked} */
  public List<ThreadFinding> proven() {
    return with(Verdict.LEAKED);
  }

  /**
   * {@return the threads with a verdict, in the order of the report}
   *
   * @param verdict which one
   */
  public List<ThreadFinding> with(Verdict verdict) {
    return threads.stream().filter(thread -> thread.verdict() == verdict).toList();
  }

  /** The same without other threads, for which no sizes have been added up anyway. */
  LeakReport only(Set<Long> ids) {
    List<ThreadFinding> wanted =
        threads.stream().filter(thread -> ids.contains(thread.id())).toList();
    boolean anyLeak = wanted.stream().anyMatch(thread -> thread.verdict().isLeak());
    return with(wanted, leakedBytes, anyLeak ? assumptions : List.of());
  }
}

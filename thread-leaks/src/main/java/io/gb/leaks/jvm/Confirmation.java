package io.gb.leaks.jvm;

import io.gb.leaks.proof.JvmAnswers;
import io.gb.leaks.proof.MonitorOwners.Entrance;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.Prover;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Confirms leaks by a sample that is taken later than one before. A leak counts only if the earlier
 * sample shows it too, and if the thread has not run since. A thread for which that does not hold,
 * or against which there is another reason, counts as running, and so does every thread that it
 * could wake.
 */
final class Confirmation {

  private static final String NOT_CONFIRMED = "a second sample did not confirm the first";
  private static final String MOVED = "it has run since a sample showed it as leaked";

  private final Map<Long, ThreadFinding> leaks = new HashMap<>();
  private final Map<Long, String> activity;
  private final Map<Long, Entrance> entrances;
  private final boolean wasOpen;

  /** Begins with what the earlier sample shows. */
  Confirmation(Proof proof, HeapSample sample) {
    proof.threads().stream()
        .filter(thread -> thread.verdict().isLeak())
        .forEach(thread -> leaks.put(thread.id(), thread));
    activity = sample.taken().before();
    entrances = sample.answers().owners().entrances();
    wasOpen = proof.maySettle();
  }

  /** The threads, by id, that the earlier sample shows as leaked and that have run since. */
  Set<Long> moved(Proof later, HeapSample sample) {
    Map<Long, String> after = sample.taken().after();
    Set<Long> moved = new HashSet<>();
    for (ThreadFinding thread : leaks.values()) {
      boolean told = !thread.virtual() && !after.isEmpty();
      if (told && !Objects.equals(activity.get(thread.id()), after.getOrDefault(thread.id(), ""))) {
        moved.add(thread.id());
      }
    }
    for (ThreadFinding thread : later.threads()) {
      ThreadFinding earlier = leaks.get(thread.id());
      if (earlier != null && !earlier.stack().equals(thread.stack())) {
        moved.add(thread.id());
      }
    }
    return moved;
  }

  /**
   * The reasons for which threads cannot be taken for leaked, by thread id.
   *
   * @param later what the later sample proves by itself
   * @param moved the threads that have run since a sample showed them as leaked
   * @param debugged whether a debugger is attached
   */
  Map<Long, String> doubts(Proof later, HeapSample sample, Set<Long> moved, boolean debugged) {
    Map<Long, String> doubts = new HashMap<>();
    moved.forEach(thread -> doubts.put(thread, MOVED));
    for (ThreadFinding thread : leaks.values()) {
      String doubt = doubt(thread, sample, debugged);
      if (doubt != null) {
        doubts.putIfAbsent(thread.id(), doubt);
      }
    }
    later.threads().stream()
        .filter(this::isNew)
        .forEach(thread -> doubts.putIfAbsent(thread.id(), NOT_CONFIRMED));
    return doubts;
  }

  private @Nullable String doubt(ThreadFinding thread, HeapSample sample, boolean debugged) {
    if (debugged) {
      return "a debugger is attached, which can wake anything";
    }
    Entrance entrance = sample.answers().owners().entrances().get(thread.id());
    return Objects.equals(entrances.get(thread.id()), entrance)
        ? null
        : "the monitor or its owner has changed between two samples";
  }

  private boolean isNew(ThreadFinding thread) {
    ThreadFinding earlier = leaks.get(thread.id());
    return thread.verdict().isLeak()
        && (earlier == null || earlier.verdict().isForEver() != thread.verdict().isForEver());
  }

  /** Whether leaks of the earlier sample are only probable because of threads not at rest. */
  boolean isOpen() {
    return wasOpen;
  }

  /** Whether a further sample may do away with some of these doubts. */
  boolean maySettle(Map<Long, String> doubts) {
    return wasOpen && doubts.containsValue(NOT_CONFIRMED);
  }

  /**
   * What the later sample proves once threads in doubt count as running.
   *
   * @param counts for which threads to add up what they retain, by {@link ThreadFinding#id}
   */
  SampledProof confirm(
      Proof later, HeapSample sample, Map<Long, String> doubts, LongPredicate counts)
      throws IOException {
    // What rests on a doubtful thread is in doubt too.
    JvmAnswers answers = sample.answers().withRunning(doubts.keySet());
    Proof proof = doubts.isEmpty() ? later : Prover.prove(sample.dump(), answers, counts);
    return new SampledProof(
        proof, proof.threads().stream().map(thread -> judged(thread, doubts)).toList(), 2, "");
  }

  /** A thread in doubt that one of the samples shows as leaked is undecided. */
  private ThreadFinding judged(ThreadFinding thread, Map<Long, String> doubts) {
    String doubt = doubts.get(thread.id());
    boolean leaked = thread.verdict().isLeak() || leaks.containsKey(thread.id());
    return doubt != null && leaked ? thread.withVerdict(Verdict.UNKNOWN, doubt) : thread;
  }
}

package io.gb.leaks.jvm;

import io.gb.leaks.proof.JvmAnswers;
import io.gb.leaks.proof.MonitorOwners.Entrance;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.Prover;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Confirms leaks by a sample that is taken later than one before. A leak counts only if the earlier
 * sample shows it too, with the same stack. A thread for which that does not hold, or against which
 * there is another reason, counts as running, and so does every thread that it could wake.
 */
final class Confirmation {

  private static final String NOT_CONFIRMED = "a second sample did not confirm the first";
  private static final String MOVED = "it has moved between two samples";

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

  /**
   * The reasons for which threads cannot be taken for leaked, by thread id.
   *
   * @param later what the later sample proves by itself
   * @param debugged whether a debugger is attached
   */
  Map<Long, String> doubts(Proof later, HeapSample sample, boolean debugged) {
    Map<Long, String> doubts = new HashMap<>();
    for (ThreadFinding thread : leaks.values()) {
      String doubt = doubt(thread, sample, debugged);
      if (doubt != null) {
        doubts.put(thread.id(), doubt);
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
    Map<Long, String> after = sample.taken().after();
    boolean rested = Objects.equals(activity.get(thread.id()), after.getOrDefault(thread.id(), ""));
    if (!thread.virtual() && !after.isEmpty() && !rested) {
      return MOVED;
    }
    Entrance entrance = sample.answers().owners().entrances().get(thread.id());
    return Objects.equals(entrances.get(thread.id()), entrance)
        ? null
        : "the monitor or its owner has changed between two samples";
  }

  private boolean isNew(ThreadFinding thread) {
    ThreadFinding earlier = leaks.get(thread.id());
    return thread.verdict().isLeak()
        && (earlier == null
            || earlier.verdict().isForEver() != thread.verdict().isForEver()
            || !earlier.stack().equals(thread.stack()));
  }

  /** Whether leaks of the earlier sample are only probable because of threads not at rest. */
  boolean isOpen() {
    return wasOpen;
  }

  /** Whether a further sample may do away with some of these doubts. */
  boolean maySettle(Map<Long, String> doubts) {
    return doubts.containsValue(MOVED) || (wasOpen && doubts.containsValue(NOT_CONFIRMED));
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

package io.gb.leaks.jvm;

import io.gb.leaks.proof.JvmAnswers;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.Prover;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Confirms leaks by a second sample. A leak counts only if the first sample shows it with the same
 * verdict and the same stack. A thread for which that does not hold, or against which the caller
 * knows a reason, counts as running, and so does every thread that it could wake.
 */
final class Confirmation {

  private static final String NOT_CONFIRMED = "a second sample did not confirm the first";

  private final Map<Long, ThreadFinding> before = new HashMap<>();
  private final Map<Long, String> doubts = new HashMap<>();

  /** Begins with the leaks that the first sample shows. */
  Confirmation(List<ThreadFinding> leaks) {
    leaks.forEach(thread -> before.put(thread.id(), thread));
  }

  /** Gives a reason why a thread cannot be taken for leaked; the first one given counts. */
  void doubt(long thread, String why) {
    doubts.putIfAbsent(thread, why);
  }

  /**
   * Proves from the second sample.
   *
   * @param counts for which threads to add up what they retain, by {@link ThreadFinding#id}
   */
  SampledProof prove(HeapSample sample, LongPredicate counts) throws IOException {
    Proof proof = proveOnce(sample, counts);
    proof.threads().stream().filter(this::isNew).forEach(t -> doubt(t.id(), NOT_CONFIRMED));
    if (proof.threads().stream().anyMatch(this::isDoubted)) {
      // What rests on a doubtful thread is in doubt too.
      proof = proveOnce(sample, counts);
    }
    return new SampledProof(proof, proof.threads().stream().map(this::judged).toList(), 2, "");
  }

  private Proof proveOnce(HeapSample sample, LongPredicate counts) throws IOException {
    JvmAnswers answers = sample.answers().withRunning(doubts.keySet());
    return Prover.prove(sample.dump(), answers, counts);
  }

  private boolean isNew(ThreadFinding thread) {
    ThreadFinding earlier = before.get(thread.id());
    return thread.verdict().isLeak()
        && (earlier == null
            || earlier.verdict() != thread.verdict()
            || !earlier.stack().equals(thread.stack()));
  }

  private boolean isDoubted(ThreadFinding thread) {
    return thread.verdict().isLeak() && doubts.containsKey(thread.id());
  }

  /** A thread in doubt that one of the samples shows as leaked is undecided. */
  private ThreadFinding judged(ThreadFinding thread) {
    String doubt = doubts.get(thread.id());
    boolean leaked = thread.verdict().isLeak() || before.containsKey(thread.id());
    return doubt != null && leaked ? thread.withVerdict(Verdict.UNKNOWN, doubt) : thread;
  }
}

package io.gb.leaks;

import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.Prover;
import io.gb.leaks.proof.Testimony;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Confirms leaks by a second heap dump: of what it shows, only those count that the first one shows
 * too, with the same verdict and the same stack. A thread for which that does not hold, or of which
 * the caller says that it has moved meanwhile, counts as running, with all that it could wake.
 */
final class SecondLook {

  private static final String NOT_CONFIRMED = "a second sample did not confirm the first";

  private final Map<Long, ThreadFinding> before = new HashMap<>();
  private final Map<Long, String> doubts = new HashMap<>();

  /** Begins with the findings of the first dump; those that are no leaks may be missing. */
  SecondLook(List<ThreadFinding> first) {
    first.forEach(thread -> before.put(thread.id(), thread));
  }

  /** Says why a thread cannot be taken for leaked. */
  void doubt(long thread, String why) {
    doubts.putIfAbsent(thread, why);
  }

  /**
   * Proves from the second dump.
   *
   * @param counts for which threads to add up what they retain, by {@link ThreadFinding#id}
   */
  Proof prove(Path dump, Testimony testimony, LongPredicate counts) throws IOException {
    Proof proof = Prover.prove(dump, testimony.withRunning(doubts.keySet()), counts);
    proof.threads().stream().filter(this::isNew).forEach(t -> doubt(t.id(), NOT_CONFIRMED));
    if (proof.threads().stream().noneMatch(this::isDoubted)) {
      return proof;
    }
    // What rests on a doubtful thread is in doubt too.
    return Prover.prove(dump, testimony.withRunning(doubts.keySet()), counts);
  }

  /** The findings of that proof, with those in doubt open. */
  List<ThreadFinding> threads(Proof proof) {
    return proof.threads().stream().map(this::open).toList();
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

  private ThreadFinding open(ThreadFinding thread) {
    ThreadFinding earlier = before.get(thread.id());
    String doubt = doubts.get(thread.id());
    boolean leaked = thread.verdict().isLeak() || (earlier != null && earlier.verdict().isLeak());
    return doubt != null && leaked ? thread.withVerdict(Verdict.UNKNOWN, doubt) : thread;
  }
}

package io.gb.leaks;

import io.gb.leaks.Sample.Progress;
import io.gb.leaks.proof.Assumption;
import io.gb.leaks.proof.CompiledCode;
import io.gb.leaks.proof.DeadScope;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.Prover;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The way in: {@link #prove()} says which threads of this JVM can never run again, {@link
 * #census()} which have come since and are still there. Thread-safe; one proof at a time runs.
 */
public final class ThreadLeaks {

  /** Enough for a thread that was just woken to take its first step, on a busy machine too. */
  private static final long GRACE_NANOS = 100_000_000;

  private static final String NOT_CONFIRMED = "a second sample did not confirm the first";

  private ThreadLeaks() {}

  /** Begins a census: threads that are alive now do not count. */
  public static Census census() {
    return Census.fromNow(Ignores.system());
  }

  /**
   * Proves which threads of this JVM can never run again. Collects garbage and takes a heap dump,
   * and a second one if there is something to confirm; both are deleted at once.
   *
   * @return a finding for each thread
   * @throws IOException if the dump cannot be written or read
   * @throws UnsupportedOperationException if this is no HotSpot JVM
   */
  public static LeakReport prove() throws IOException {
    return prove(List.of());
  }

  /**
   * As {@link #prove()}, for the time after some scope has ended.
   *
   * @param over objects whose fields nobody reads again, such as the instance of a test that has
   *     run; the proof rests on that
   * @return a finding for each thread
   * @throws IOException as {@link #prove()}
   */
  public static synchronized LeakReport prove(List<?> over) throws IOException {
    DeadScope.declare(over);
    try {
      return proveTwice();
    } finally {
      DeadScope.declare(List.of());
    }
  }

  /**
   * Proves from a heap dump of any JVM that this one can read. There is no second sample.
   *
   * @param dump the file
   * @return a finding for each thread
   * @throws io.gb.leaks.dump.DumpFormatException if the file is no whole dump of HotSpot
   * @throws IOException if it cannot be read
   */
  public static LeakReport prove(Path dump) throws IOException {
    return prove(dump, CompiledCode.unknown());
  }

  /**
   * As {@link #prove(Path)}, with what a JVM that still runs can say of its compiled code.
   *
   * @param dump the file
   * @param code what was compiled when the dump was taken
   * @return a finding for each thread
   * @throws IOException as {@link #prove(Path)}
   */
  public static LeakReport prove(Path dump, CompiledCode code) throws IOException {
    Proof proof = Prover.prove(dump, Map.of(), code);
    return LeakReport.of(proof, proof.threads(), sentences(proof), 1);
  }

  /**
   * Keeps of a later report only those leaks that an earlier one of the same JVM has found too,
   * with the same stacks.
   */
  public static LeakReport confirm(LeakReport earlier, LeakReport later) {
    Map<Long, ThreadFinding> before = new HashMap<>();
    earlier.threads().forEach(thread -> before.put(thread.id(), thread));
    List<ThreadFinding> threads = new ArrayList<>();
    for (ThreadFinding thread : later.threads()) {
      threads.add(
          thread.verdict().isLeak() && !isSame(before.get(thread.id()), thread)
              ? thread.withVerdict(Verdict.UNKNOWN, NOT_CONFIRMED)
              : thread);
    }
    return later.withThreads(threads, 2);
  }

  private static boolean isSame(@Nullable ThreadFinding earlier, ThreadFinding later) {
    return earlier != null
        && earlier.verdict() == later.verdict()
        && earlier.stack().equals(later.stack());
  }

  private static LeakReport proveTwice() throws IOException {
    Sample first = Sample.take();
    if (first.proof().threads().stream().noneMatch(thread -> thread.verdict().isLeak())) {
      return LeakReport.of(first.proof(), first.proof().threads(), List.of(), 1);
    }
    long end = System.nanoTime() + GRACE_NANOS;
    while (end - System.nanoTime() > 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    Sample second = Sample.take();
    List<ThreadFinding> threads = agreed(first, second, Sample.progress());
    boolean proven = threads.stream().anyMatch(thread -> thread.verdict().isLeak());
    // The heap as the first sample found it: in that of the second, the first takes some of the
    // room.
    return LeakReport.of(first.proof(), threads, proven ? sentences(second.proof()) : List.of(), 2);
  }

  /** The findings of the second sample; leaks only if nothing moved since before the first. */
  private static List<ThreadFinding> agreed(
      Sample first, Sample second, Map<Long, Progress> after) {
    Map<Long, ThreadFinding> before = new HashMap<>();
    first.proof().threads().forEach(thread -> before.put(thread.id(), thread));
    Map<Long, String> doubts = new HashMap<>();
    for (ThreadFinding thread : second.proof().threads()) {
      ThreadFinding earlier = before.get(thread.id());
      if (isDebugged()) {
        doubts.put(thread.id(), "a debugger is attached, which can wake anything");
      } else if (!isSame(earlier, thread)) {
        doubts.put(thread.id(), NOT_CONFIRMED);
      } else if (!thread.virtual() && hasMoved(thread.id(), first.before(), after)) {
        doubts.put(thread.id(), "it has moved between two samples");
      }
    }
    // Who waits for a monitor rests on its owner, which must not have moved either.
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Map.Entry<Long, Progress> entry : after.entrySet()) {
        long owner = entry.getValue().owner();
        if (owner >= 0 && doubts.containsKey(owner) && !doubts.containsKey(entry.getKey())) {
          doubts.put(entry.getKey(), "the owner of the monitor has moved between two samples");
          changed = true;
        }
      }
    }
    List<ThreadFinding> threads = new ArrayList<>();
    for (ThreadFinding thread : second.proof().threads()) {
      String doubt = doubts.get(thread.id());
      threads.add(
          doubt != null && thread.verdict().isLeak()
              ? thread.withVerdict(Verdict.UNKNOWN, doubt)
              : thread);
    }
    return threads;
  }

  private static boolean hasMoved(long id, Map<Long, Progress> before, Map<Long, Progress> after) {
    Progress start = before.get(id);
    return start == null || !start.equals(after.get(id));
  }

  private static boolean isDebugged() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(argument -> argument.contains("jdwp"));
  }

  private static List<String> sentences(Proof proof) {
    List<String> sentences = new ArrayList<>();
    for (Assumption assumption : Assumption.values()) {
      if (proof.assumptions().contains(assumption)
          || (assumption == Assumption.A8
              && DeadScope.isDeclared()
              && !proof.assumptions().isEmpty())) {
        sentences.add(assumption.toString());
      }
    }
    return sentences;
  }
}

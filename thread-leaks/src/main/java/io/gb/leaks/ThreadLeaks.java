package io.gb.leaks;

import io.gb.leaks.Sample.Progress;
import io.gb.leaks.proof.Assumption;
import io.gb.leaks.proof.DeadScope;
import io.gb.leaks.proof.MonitorOwners.Entrance;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.Prover;
import io.gb.leaks.proof.Testimony;
import io.gb.leaks.proof.ThreadFinding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/**
 * The way in: {@link #prove()} says which threads of this JVM can never run again, {@link
 * #census()} which have come since and are still there. Thread-safe; one proof at a time runs.
 */
public final class ThreadLeaks {

  /** Enough for a thread that was just woken to take its first step, on a busy machine too. */
  private static final long GRACE_NANOS = 100_000_000;

  private static final Pattern DEBUGGER =
      Pattern.compile("-agentlib:jdwp|-agentpath:.*jdwp|-Xrunjdwp");

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
      return proveTwice(thread -> true);
    } finally {
      DeadScope.declare(List.of());
    }
  }

  /**
   * As {@link #prove()}, for some threads.
   *
   * @param threads which, by {@link Thread#getId()}
   * @return a finding for each of these that is there; what they retain is what no other thread
   *     holds, be it leaked or not
   * @throws IOException as {@link #prove()}
   */
  public static synchronized LeakReport proveOnly(Set<Long> threads) throws IOException {
    Set<Long> wanted = Set.copyOf(threads);
    return proveTwice(wanted::contains).only(wanted);
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
    return prove(dump, Testimony.none());
  }

  /**
   * As {@link #prove(Path)}, with what a JVM that still runs can say beyond a dump.
   *
   * @param dump the file
   * @param testimony what it said when the dump was taken
   * @return a finding for each thread
   * @throws IOException as {@link #prove(Path)}
   */
  public static LeakReport prove(Path dump, Testimony testimony) throws IOException {
    return report(Prover.prove(dump, testimony));
  }

  /**
   * Proves from a second dump of a JVM. Only those leaks are kept that an earlier report of it has
   * too, with the same stacks; other threads count as running, with all that they could wake.
   *
   * @param earlier the report of the first dump
   * @param dump the second one
   * @param testimony what the JVM said when that was taken. Joined with what it said at the first
   *     one by {@link Testimony#and}, it also tells where the owner of a monitor has changed
   * @return a finding for each thread
   * @throws IOException as {@link #prove(Path)}
   */
  public static LeakReport confirm(LeakReport earlier, Path dump, Testimony testimony)
      throws IOException {
    SecondLook look = new SecondLook(earlier.threads());
    Proof proof = look.prove(dump, testimony, thread -> true);
    return LeakReport.of(proof, look.threads(proof), sentences(proof), 2);
  }

  private static LeakReport report(Proof proof) {
    return LeakReport.of(proof, proof.threads(), sentences(proof), 1);
  }

  /** If a leaked thread counts, confirms all, and adds up what those that count retain. */
  private static LeakReport proveTwice(LongPredicate counts) throws IOException {
    // Nothing else of the first proof, for all that is kept is in the second dump.
    List<ThreadFinding> leaks;
    Map<Long, Progress> start;
    Map<Long, Entrance> entrances;
    try (Sample sample = Sample.take()) {
      start = sample.before();
      entrances = sample.testimony().owners().entrances();
      // What they retain is added up from the second dump.
      LeakReport first = report(Prover.prove(sample.dump(), sample.testimony(), thread -> false));
      leaks = first.threads().stream().filter(thread -> thread.verdict().isLeak()).toList();
      if (leaks.stream().noneMatch(thread -> counts.test(thread.id()))) {
        return first;
      }
    }
    long end = System.nanoTime() + GRACE_NANOS;
    while (end - System.nanoTime() > 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    try (Sample sample = Sample.take()) {
      SecondLook look = new SecondLook(leaks);
      Map<Long, Progress> after = Sample.progress();
      Map<Long, Entrance> now = sample.testimony().owners().entrances();
      for (ThreadFinding thread : leaks) {
        long id = thread.id();
        boolean sameCounts = start.containsKey(id) && start.get(id).equals(after.get(id));
        if (isDebugged()) {
          look.doubt(id, "a debugger is attached, which can wake anything");
        } else if (!thread.virtual() && !sameCounts) {
          look.doubt(id, "it has moved between two samples");
        } else if (!Objects.equals(entrances.get(id), now.get(id))) {
          look.doubt(id, "the monitor or its owner has changed between two samples");
        }
      }
      Proof second = look.prove(sample.dump(), sample.testimony(), counts);
      return LeakReport.of(second, look.threads(second), sentences(second), 2);
    }
  }

  private static boolean isDebugged() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(argument -> DEBUGGER.matcher(argument).lookingAt());
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

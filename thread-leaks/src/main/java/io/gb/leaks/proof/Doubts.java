package io.gb.leaks.proof;

import io.gb.leaks.dump.Frame;
import io.gb.leaks.dump.HeapDump;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the reasons for which nothing can be proven from a dump. */
final class Doubts {

  private static final int OLDEST = 17;

  private static final int MOST_SUSPECTS = 3;

  /** The id of no thread. */
  private static final long NOBODY = -1;

  private final HeapDump dump;
  private final Set<Rule> rules;
  private final List<ThreadNode> threads;
  private final int feature;

  Doubts(HeapDump dump, Set<Rule> rules, List<ThreadNode> threads, String version) {
    this.dump = dump;
    this.rules = rules;
    this.threads = threads;
    feature = feature(version);
  }

  /** The feature number of a version, 25 for {@code 25.0.1}; 0 if the version is unknown. */
  private static int feature(String version) {
    try {
      return Runtime.Version.parse(version).feature();
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  /** What the dump alone shows against a proof, or null. */
  @Nullable String ofDump(SpecialObjects special, ThreadReader reader) {
    if (feature < OLDEST) {
      return "the dump is not of JDK " + OLDEST + " or later";
    }
    String hidden =
        rules.contains(Rule.CLASS_DATA_IS_HIDDEN) ? HiddenClasses.ofProgram(dump) : null;
    if (hidden != null) {
      return "the hidden class "
          + hidden
          + " may hold what it was given when it was defined, which no dump shows";
    }
    int missing = rules.contains(Rule.ALL_STACKS_OR_NOTHING) ? missingStacks(special, reader) : 0;
    return missing == 0
        ? null
        : "the stacks of " + missing + " virtual threads are not in the dump; JDK 22 has them";
  }

  private int missingStacks(SpecialObjects special, ThreadReader reader) {
    Bits known = new Bits(dump.objectCount());
    threads.forEach(thread -> known.add(thread.object));
    int missing = 0;
    for (int i = 0; i < special.virtualThreads.size(); i++) {
      int thread = special.virtualThreads.get(i);
      String state = reader.virtualState(thread);
      boolean hasStack =
          !state.equals("NEW") && !state.equals("STARTED") && !state.equals("TERMINATED");
      if (hasStack && !known.has(thread)) {
        missing++;
      }
    }
    return missing;
  }

  /** The live thread with a call under way whose arguments are in no dump, or null if none. */
  @Nullable String ofCalls(Marking marking, Findings findings) {
    if (!rules.contains(Rule.PENDING_CALLS_HIDE_ARGUMENTS)) {
      return null;
    }
    List<ThreadNode> preparing =
        threads.stream()
            .filter(thread -> PendingCalls.isPreparing(dump.frames(thread.record)))
            .toList();
    for (ThreadNode thread : threads) {
      Frame caller = marking.isLive(thread) ? pending(thread, preparing) : null;
      if (caller != null) {
        return "a call in "
            + caller
            + " on the stack of "
            + findings.label(thread)
            + " may wait for a class to be ready, and its arguments are in no dump; ask again when"
            + " it has begun";
      }
    }
    return null;
  }

  private @Nullable Frame pending(ThreadNode thread, List<ThreadNode> preparing) {
    if (preparing.isEmpty()) {
      return null;
    }
    List<Frame> frames = dump.frames(thread.record);
    // If the class loader is not parallel capable, the JVM lets the thread wait for its monitor.
    boolean mayLoad =
        thread.waiting == Waiting.ENTRANCE
            && (thread.owner == null || preparing.contains(thread.owner));
    boolean maybeAtCall = mayLoad || thread.mayRun();
    boolean othersPrepare = preparing.size() > 1 || !preparing.contains(thread);
    return maybeAtCall && othersPrepare && !frames.isEmpty() && !frames.get(0).isNative()
        ? frames.get(0)
        : PendingCalls.caller(frames);
  }

  /**
   * What compiled code may hide.
   *
   * @param text which code, on whose stacks
   * @param maySettle whether another dump may show it, since only threads have to come to rest
   */
  record Hidden(String text, boolean maySettle) {}

  /** What compiled frames of live threads may hide, or null if they hide nothing. */
  @Nullable Hidden ofCode(JvmAnswers answers, long liveBytes, Marking marking, Findings findings) {
    CompiledCode code = answers.code();
    boolean works = answers.barrierMissing().isEmpty() && code.isShownByBarrier(liveBytes);
    Set<Long> shown = works ? answers.resting() : Set.of();
    HiddenReferences hidden = new HiddenReferences(code, shown, feature);
    List<String> suspects = new ArrayList<>();
    boolean maySettle = works;
    boolean anyRuns = false;
    for (ThreadNode thread : threads) {
      List<Frame> frames = dump.frames(thread.record);
      // The barrier passes over virtual threads and over threads on which one is mounted.
      boolean reached = !thread.virtual && frames.stream().noneMatch(Doubts::isOfContinuation);
      long id = reached ? findings.id(thread) : NOBODY;
      Frame frame = marking.isLive(thread) ? hidden.suspect(thread, id, frames) : null;
      if (frame != null) {
        maySettle &= reached && !thread.mayRun();
        anyRuns |= thread.mayRun();
        suspects.add(frame + " on the stack of " + findings.label(thread));
      }
    }
    if (suspects.isEmpty()) {
      return null;
    }
    int more = suspects.size() - MOST_SUSPECTS;
    String list = suspects.stream().limit(MOST_SUSPECTS).collect(Collectors.joining(", of "));
    return new Hidden(
        "the compiled code of "
            + list
            + (more > 0 ? ", and of " + more + " other threads," : "")
            + " may hold references that no dump shows; "
            + remedy(answers, works, maySettle || (works && anyRuns)),
        maySettle);
  }

  private static boolean isOfContinuation(Frame frame) {
    return frame.className().equals("jdk.internal.vm.Continuation");
  }

  private static String remedy(JvmAnswers answers, boolean works, boolean wait) {
    if (!answers.code().isKnown()) {
      return "a dump alone does not say what is compiled: ask the running JVM";
    }
    if (wait) {
      return "ask again when these threads wait";
    }
    String flag = "-XX:-EliminateAllocations rules that out for threads that wait";
    String missing =
        answers.barrierMissing().isEmpty()
            ? "the heap is too full, or Graal compiles"
            : answers.barrierMissing();
    return works ? flag : flag + "; there was no escape barrier: " + missing;
  }
}

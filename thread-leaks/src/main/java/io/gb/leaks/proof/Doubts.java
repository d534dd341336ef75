package io.gb.leaks.proof;

import io.gb.leaks.dump.Frame;
import io.gb.leaks.dump.HeapDump;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the reasons for which nothing can be proven from a dump. */
final class Doubts {

  private static final int OLDEST = 17;

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
    boolean maybeAtCall =
        mayLoad || thread.waiting == Waiting.NOT || thread.waiting == Waiting.UNKNOWN;
    boolean othersPrepare = preparing.size() > 1 || !preparing.contains(thread);
    return maybeAtCall && othersPrepare && !frames.isEmpty() && !frames.get(0).isNative()
        ? frames.get(0)
        : PendingCalls.caller(frames);
  }

  /** The live thread whose compiled frames may hide references, or null if none. */
  @Nullable String ofCode(CompiledCode code, Marking marking, Findings findings) {
    HiddenReferences hidden = new HiddenReferences(code, feature);
    for (ThreadNode thread : threads) {
      Frame frame =
          marking.isLive(thread) ? hidden.suspect(thread, dump.frames(thread.record)) : null;
      if (frame != null) {
        return "the compiled code of "
            + frame
            + " on the stack of "
            + findings.label(thread)
            + " may hold references that no dump shows; "
            + (thread.waiting == Waiting.NOT || thread.waiting == Waiting.UNKNOWN
                ? "ask again when that thread waits"
                : "-XX:-EliminateAllocations rules that out for threads that wait");
      }
    }
    return null;
  }
}

package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.dump.Frame;
import io.gb.leaks.dump.HeapDump;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proves from one heap dump which of its threads can never run again.
 *
 * <p>The claim: let R be the threads that run or may run by themselves, and L the least set that
 * holds the roots of the program and of R, is closed under following references, and holds the
 * roots of each blocked thread of which it holds a key. Then a blocked thread without a key in L
 * never runs another instruction: to wake it takes a key, and whoever can run gets only at what is
 * in L or was created later. The assumptions of this are those of {@link Assumption}.
 */
public final class Prover {

  private static final int OLDEST = 17;
  private static final int PATH = 40;

  private final HeapDump dump;
  private final Set<Rule> rules;
  private final CompiledCode code;
  private final SpecialObjects special;
  private final ThreadReader reader;
  private final List<ThreadNode> threads;
  private final GroupMembers groups;
  private final Edges edges;
  private final Marking.Scratch scratch;

  private Prover(HeapDump dump, Set<Rule> rules, Testimony testimony) {
    this.dump = dump;
    this.rules = rules;
    code = testimony.code();
    special = new SpecialObjects(dump);
    reader = new ThreadReader(dump, rules, testimony.running());
    threads = reader.read();
    groups = new GroupMembers(dump, threads);
    edges = new Edges(dump, rules);
    scratch = new Marking.Scratch(dump);
    Map<Long, ThreadNode> byTid = new HashMap<>();
    threads.forEach(thread -> byTid.put(tid(thread), thread));
    for (ThreadNode thread : threads) {
      MonitorOwners.Entrance entrance = testimony.owners().at(tid(thread));
      if (thread.waiting == Waiting.ENTRANCE && entrance != null) {
        thread.owner = byTid.get(entrance.owner());
      }
    }
  }

  /**
   * Proves what it can.
   *
   * @param file a heap dump, best one of live objects only
   * @return a finding for each thread
   * @throws DumpFormatException if the file is no whole heap dump of a JVM that this knows
   * @throws IOException if it cannot be read
   */
  public static Proof prove(Path file) throws IOException {
    return prove(file, Testimony.none());
  }

  /**
   * Proves what it can, with what a dump does not hold.
   *
   * @param file a heap dump
   * @param testimony what its JVM said when the dump was taken
   * @return a finding for each thread
   * @throws IOException as {@link #prove(Path)}
   */
  public static Proof prove(Path file, Testimony testimony) throws IOException {
    try {
      return prove(HeapDump.read(file), Rule.all(), testimony);
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      // Each position and each length comes from the file.
      throw new DumpFormatException("is damaged: " + e.getMessage());
    }
  }

  static Proof prove(HeapDump dump, Set<Rule> rules, Testimony testimony)
      throws DumpFormatException {
    return new Prover(dump, rules, testimony).prove();
  }

  private Proof prove() throws DumpFormatException {
    if (threads.isEmpty()) {
      throw new DumpFormatException("holds no threads");
    }
    String version = javaVersion();
    Marking marking = mark(keys(false));
    String doubt = doubt(version);
    if (doubt == null && code.isKnown()) {
      doubt = hidden(marking, Versions.feature(version));
    }
    Usage usage = new Usage(dump, edges);
    Map<ThreadNode, Verdict> verdicts = new HashMap<>();
    for (ThreadNode thread : threads) {
      verdicts.put(thread, verdict(thread, marking, doubt));
    }
    Map<ThreadNode, Long> retained =
        usage.retainedBy(with(verdicts, Verdict.LEAKED), marking::isMarked);
    long leakedBytes = usage.leakedBytes();
    List<ClassUsage> classes = usage.classes();
    Map<ThreadNode, List<String>> paths = new HashMap<>();
    for (ThreadNode thread : with(verdicts, Verdict.LIVE)) {
      paths.put(thread, path(thread, marking));
    }
    if (doubt == null) {
      judgeInterruptible(verdicts, retained, usage);
    }
    List<ThreadFinding> findings = new ArrayList<>();
    for (ThreadNode thread : threads) {
      findings.add(
          finding(
              thread,
              verdicts.getOrDefault(thread, Verdict.UNKNOWN),
              doubt,
              retained.getOrDefault(thread, 0L),
              paths.getOrDefault(thread, List.of())));
    }
    return new Proof(
        version,
        findings,
        usage.heapBytes(),
        leakedBytes,
        classes,
        assumptions(verdicts),
        certificate(marking, with(verdicts, Verdict.LEAKED)));
  }

  private Marking mark(int[][] keys) {
    return new Marking(dump, special, threads, groups, edges, rules, keys, scratch).run();
  }

  /** The keys of each thread; without interrupts, the Thread object itself may be none. */
  private int[][] keys(boolean withoutInterrupts) {
    int[][] keys = new int[threads.size()][];
    for (ThreadNode thread : threads) {
      keys[thread.number] = withoutInterrupts ? Signals.keys(dump, thread) : thread.keys;
    }
    return keys;
  }

  private Verdict verdict(ThreadNode thread, Marking marking, @Nullable String doubt) {
    ThreadNode rider = thread.rider;
    if (rider != null && rider.isBlocked() && thread.waiting == Waiting.PARKED) {
      return verdict(rider, marking, doubt);
    }
    return switch (thread.waiting) {
      case NOT -> Verdict.LIVE;
      case NATIVE -> Verdict.NATIVE_OR_IO;
      case TIMED -> Verdict.TIMED;
      case UNKNOWN -> Verdict.UNKNOWN;
      case ENTRANCE ->
          thread.owner == null || doubt != null
              ? Verdict.UNKNOWN
              : marking.isLive(thread) ? Verdict.LIVE : Verdict.LEAKED;
      case PARKED, MONITOR ->
          marking.isLive(thread) ? Verdict.LIVE : doubt != null ? Verdict.UNKNOWN : Verdict.LEAKED;
    };
  }

  /** Marks again as if nobody interrupted anyone: who is not woken now waits for an interrupt. */
  private void judgeInterruptible(
      Map<ThreadNode, Verdict> verdicts, Map<ThreadNode, Long> retained, Usage usage)
      throws DumpFormatException {
    int[][] keys = keys(true);
    List<ThreadNode> candidates = with(verdicts, Verdict.LIVE);
    candidates.removeIf(thread -> !thread.isBlocked());
    if (candidates.stream().allMatch(t -> Arrays.equals(keys[t.number], t.keys))) {
      return;
    }
    Marking marking = mark(keys);
    List<ThreadNode> leaked = new ArrayList<>();
    for (ThreadNode thread : candidates) {
      if (!marking.isLive(thread)) {
        verdicts.put(thread, Verdict.LEAKED_UNLESS_INTERRUPTED);
        leaked.add(thread);
      }
    }
    retained.putAll(usage.retainedBy(leaked, marking::isMarked));
  }

  private static List<ThreadNode> with(Map<ThreadNode, Verdict> verdicts, Verdict verdict) {
    List<ThreadNode> result = new ArrayList<>();
    verdicts.forEach((thread, found) -> {
      if (found == verdict) {
        result.add(thread);
      }
    });
    result.sort((a, b) -> Integer.compare(a.number, b.number));
    return result;
  }

  /** Why nothing can be proven from this dump, or null. */
  private @Nullable String doubt(String version) {
    int feature = Versions.feature(version);
    if (feature < OLDEST) {
      return "the dump is not of JDK " + OLDEST + " or later";
    }
    String hiddenClass =
        rules.contains(Rule.CLASS_DATA_IS_HIDDEN) ? HiddenClasses.ofProgram(dump) : null;
    if (hiddenClass != null) {
      return "the hidden class "
          + hiddenClass
          + " may hold what it was given when it was defined, which no dump shows";
    }
    if (!rules.contains(Rule.ALL_STACKS_OR_NOTHING)) {
      return null;
    }
    Set<Integer> known = new HashSet<>();
    threads.forEach(thread -> known.add(thread.object));
    int missing = 0;
    for (int i = 0; i < special.virtualThreads.size(); i++) {
      int thread = special.virtualThreads.get(i);
      String state = reader.virtualState(thread);
      boolean hasStack =
          !state.equals("NEW") && !state.equals("STARTED") && !state.equals("TERMINATED");
      if (hasStack && !known.contains(thread)) {
        missing++;
      }
    }
    return missing == 0
        ? null
        : "the stacks of " + missing + " virtual threads are not in the dump; JDK 22 has them";
  }

  /** Which live thread may have references that are not in the dump, or null if none has. */
  private @Nullable String hidden(Marking marking, int feature) {
    HiddenReferences hidden = new HiddenReferences(code, feature);
    for (ThreadNode thread : threads) {
      Frame frame =
          marking.isLive(thread) ? hidden.suspect(thread, dump.frames(thread.record)) : null;
      if (frame != null) {
        return "the compiled code of "
            + frame
            + " on the stack of "
            + label(thread)
            + " may hold references that no dump shows; "
            + (thread.waiting == Waiting.NOT || thread.waiting == Waiting.UNKNOWN
                ? "ask again when that thread waits"
                : "-XX:-EliminateAllocations rules that out for threads that wait");
      }
    }
    return null;
  }

  private String javaVersion() {
    ClassInfo c = dump.bootClass("java.lang.VersionProps");
    return c == null ? "" : dump.text(dump.staticReference(c, "java_version"));
  }

  private long tid(ThreadNode thread) {
    return dump.number(thread.object, "tid", -1);
  }

  private ThreadFinding finding(
      ThreadNode thread,
      Verdict verdict,
      @Nullable String doubt,
      long retained,
      List<String> path) {
    return new ThreadFinding(
        name(thread),
        tid(thread),
        thread.virtual,
        thread.virtual || isDaemon(thread.object),
        thread.state,
        verdict,
        reason(thread, verdict, doubt),
        thread.blocker < 0 ? "" : dump.typeName(thread.blocker),
        retained,
        dump.frames(thread.record).stream().map(Frame::toString).toList(),
        path);
  }

  private String name(ThreadNode thread) {
    return dump.text(dump.follow(thread.object, "name"));
  }

  private boolean isDaemon(int thread) {
    int holder = dump.follow(thread, "holder");
    return dump.number(holder >= 0 ? holder : thread, "daemon", 0) != 0;
  }

  private String reason(ThreadNode thread, Verdict verdict, @Nullable String doubt) {
    if (thread.rider != null && verdict == Verdict.LEAKED) {
      return "carries " + label(thread.rider) + ", which is leaked";
    }
    return switch (verdict) {
      case LEAKED ->
          switch (thread.waiting) {
            case ENTRANCE -> "the owner of the monitor, " + ownerOf(thread) + ", never runs again";
            case MONITOR -> "nothing that can run reaches the monitor or the thread";
            default -> "nothing that can run reaches the thread, so nothing can unpark it";
          };
      case LEAKED_UNLESS_INTERRUPTED ->
          "only the interrupt of a thread could end it, its own or that of another";
      case UNKNOWN ->
          thread.isBlocked()
              ? doubt == null ? "the dump does not show who owns the monitor" : doubt
              : thread.note;
      case LIVE -> thread.isBlocked() ? "something that can run reaches it" : thread.note;
      default -> thread.note;
    };
  }

  private String ownerOf(ThreadNode thread) {
    return thread.owner == null ? "?" : label(thread.owner);
  }

  private String label(ThreadNode thread) {
    String name = name(thread);
    return name.isEmpty() ? "virtual thread #" + tid(thread) : "\"" + name + "\"";
  }

  private List<String> path(ThreadNode thread, Marking marking) {
    List<String> steps = new ArrayList<>();
    if (thread.isBlocked()) {
      if (thread.owner != null) {
        return List.of("the owner of the monitor, " + ownerOf(thread) + ", can run");
      }
      IntList objects = marking.path(thread.object, PATH);
      int first = objects.get(objects.size() - 1);
      ThreadNode holder = marking.stackAbove(first);
      if (holder != null) {
        steps.add("thread " + label(holder) + " (" + holder.state + ")");
      }
      for (int i = objects.size() - 1; i >= 0; i--) {
        int next = i == 0 ? -1 : objects.get(i - 1);
        steps.add(Steps.describe(dump, objects.get(i), next));
      }
    }
    return steps;
  }

  private List<Assumption> assumptions(Map<ThreadNode, Verdict> verdicts) {
    if (verdicts.values().stream().noneMatch(Verdict::isLeak)) {
      return List.of();
    }
    EnumSet<Assumption> all = EnumSet.allOf(Assumption.class);
    all.remove(Assumption.A8);
    if (code.isKnown()) {
      all.remove(Assumption.A7);
    }
    return List.copyOf(all);
  }

  private Certificate certificate(Marking marking, List<ThreadNode> leaked) {
    Map<Long, List<Long>> keys = new HashMap<>();
    Map<Long, Long> owners = new HashMap<>();
    for (ThreadNode thread : leaked) {
      ThreadNode owner = thread.rider == null ? thread.owner : thread.rider;
      List<Long> ids = new ArrayList<>();
      if (owner == null) {
        for (int key : thread.keys) {
          ids.add(dump.id(key));
        }
      } else {
        owners.put(thread.record.id(), owner.record.id());
      }
      keys.put(thread.record.id(), ids);
    }
    return new Certificate(
        id -> {
          int object = dump.find(id);
          return object >= 0 && marking.isMarked(object);
        },
        keys,
        owners);
  }
}

package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.dump.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Proves from one heap dump which of its threads can never run again.
 *
 * <p>The claim: let R be the threads that run or may run by themselves. Let L be the least set of
 * objects that holds the GC roots of the program and of R, is closed under following references,
 * and holds the roots of each blocked thread of which it holds a key. Then a blocked thread without
 * a key in L never runs another instruction: waking it takes a key, and a thread that can run
 * reaches only what is in L or was created later. This rests on the {@link Assumption assumptions}.
 */
public final class Prover {

  /** With more threads than this, marking twice is quicker than finding out that once is enough. */
  private static final int FEW = 1000;

  /** The longest path that is followed back to a root. */
  private static final int LONGEST_PATH = 1000;

  private final HeapDump dump;
  private final Set<Rule> rules;
  private final LongPredicate counts;
  private final JvmAnswers answers;
  private final Layout layout;
  private final ClassSizes sizes;
  private final SpecialObjects special;
  private final ThreadReader reader;
  private final List<ThreadNode> threads;
  private final GroupMembers groups;
  private final Edges edges;
  private final Marking.Scratch scratch;
  private final Findings findings;
  private final Map<ThreadNode, Verdict> verdicts = new HashMap<>();

  private Prover(HeapDump dump, Set<Rule> rules, JvmAnswers answers, LongPredicate counts)
      throws DumpFormatException {
    this.dump = dump;
    this.rules = rules;
    this.counts = counts;
    this.answers = answers;
    layout = new Layout(dump);
    sizes = new ClassSizes(dump, layout);
    special = new SpecialObjects(dump, sizes);
    reader = new ThreadReader(dump, rules, answers.running());
    threads = reader.read();
    groups = new GroupMembers(dump, threads);
    edges = new Edges(dump, rules);
    scratch = new Marking.Scratch(dump);
    findings = new Findings(dump);
    Map<Long, ThreadNode> byId = new HashMap<>();
    threads.forEach(thread -> byId.put(findings.id(thread), thread));
    for (ThreadNode thread : threads) {
      MonitorOwners.Entrance entrance = answers.owners().entrances().get(findings.id(thread));
      if (thread.waiting == Waiting.ENTRANCE && entrance != null) {
        thread.owner = byId.get(entrance.owner());
      }
    }
  }

  /**
   * Proves what it can, and adds up what some leaked threads retain.
   *
   * @param file a heap dump, best one of live objects only
   * @param answers what its JVM said when the dump was taken
   * @param counts for which threads to add up, by {@link ThreadFinding#id}: they retain what
   *     neither a live thread nor a leaked one of the others holds
   * @return a finding for each thread, whatever counts
   * @throws DumpFormatException if the file is no whole heap dump of a JVM that this class knows
   * @throws IOException if the file cannot be read
   */
  public static Proof prove(Path file, JvmAnswers answers, LongPredicate counts)
      throws IOException {
    try {
      return new Prover(HeapDump.read(file), Rule.all(), answers, counts).prove().proof();
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      // Each position and each length comes from the file.
      throw new DumpFormatException("is damaged: " + e.getMessage());
    }
  }

  static Derivation prove(HeapDump dump, Set<Rule> rules, JvmAnswers answers)
      throws DumpFormatException {
    return new Prover(dump, rules, answers, thread -> true).prove();
  }

  private Derivation prove() throws DumpFormatException {
    if (threads.isEmpty()) {
      throw new DumpFormatException("holds no threads");
    }
    String version = javaVersion();
    Marking marking = mark(keys(false), edges);
    Doubts doubts = new Doubts(dump, rules, threads, version);
    String doubt = doubts.ofDump(special, reader);
    if (doubt == null) {
      doubt = doubts.ofCalls(marking, findings);
    }
    Verdict proven = doubt == null ? Verdict.LEAKED : Verdict.UNKNOWN;
    boolean maySettle = false;
    if (doubt == null) {
      Doubts.Hidden hidden = doubts.ofCode(answers, sizes.heapBytes(), marking, findings);
      if (hidden != null) {
        doubt = hidden.text();
        proven = Verdict.PROBABLY_LEAKED;
        maySettle = hidden.maySettle();
      }
    }
    for (ThreadNode thread : threads) {
      verdicts.put(thread, verdict(thread, marking, proven));
    }
    Map<ThreadNode, List<String>> paths = new HashMap<>();
    for (ThreadNode thread : with(Verdict.LIVE)) {
      paths.put(thread, findings.path(thread, marking));
    }
    Set<ThreadNode> signalled = signalled(marking);
    // From here on nothing needs the paths of this marking, which are in the scratch.
    Retention retention = new Retention(dump, layout, edges, threads, scratch);
    Map<ThreadNode, ThreadFinding> found = new LinkedHashMap<>();
    List<ThreadNode> leaked = proven == Verdict.UNKNOWN ? List.of() : with(proven);
    for (ThreadNode thread : leaked) {
      found.put(thread, findings.of(thread, proven, doubt, List.of()));
    }
    long[] leakedBytes = new long[1];
    retention.add(
        leaked,
        found,
        finding -> counts.test(finding.id()),
        marking::isMarked,
        (object, bytes) -> {
          leakedBytes[0] += bytes;
          sizes.leak(object, bytes);
        });
    if (doubt == null) {
      judgeInterruptible(found, retention, signalled);
    }
    List<ThreadFinding> all = new ArrayList<>();
    for (ThreadNode thread : threads) {
      ThreadFinding finding = found.get(thread);
      all.add(
          finding != null
              ? finding
              : findings.of(
                  thread,
                  verdicts.getOrDefault(thread, Verdict.UNKNOWN),
                  doubt,
                  paths.getOrDefault(thread, List.of())));
    }
    return new Derivation(
        new Proof(
            version,
            all,
            sizes.heapBytes(),
            leakedBytes[0],
            sizes.usages(),
            assumptions(),
            maySettle),
        marking,
        leaked);
  }

  private Marking mark(int[][] keys, Edges ways) {
    return new Marking(dump, special, threads, groups, ways, rules, keys, scratch).run();
  }

  /** The keys of each thread. Without interrupts, the Thread object itself may be no key. */
  private int[][] keys(boolean withoutInterrupts) {
    int[][] keys = new int[threads.size()][];
    for (ThreadNode thread : threads) {
      keys[thread.number] = withoutInterrupts ? Signals.keys(dump, thread) : thread.keys;
    }
    return keys;
  }

  /**
   * The verdict on a thread.
   *
   * @param proven what it is on a thread that no live thread can wake
   */
  private Verdict verdict(ThreadNode thread, Marking marking, Verdict proven) {
    ThreadNode rider = thread.rider;
    if (rider != null && rider.isBlocked() && thread.waiting == Waiting.PARKED) {
      return verdict(rider, marking, proven);
    }
    return switch (thread.waiting) {
      case NOT -> Verdict.LIVE;
      case NATIVE -> Verdict.NATIVE_OR_IO;
      case TIMED -> Verdict.TIMED;
      case UNKNOWN -> Verdict.UNKNOWN;
      case ENTRANCE ->
          thread.owner == null || proven == Verdict.UNKNOWN
              ? Verdict.UNKNOWN
              : marking.isLive(thread) ? Verdict.LIVE : proven;
      case PARKED, MONITOR -> marking.isLive(thread) ? Verdict.LIVE : proven;
    };
  }

  /** Marks again without interrupts: threads that were live and are not now need an interrupt. */
  private void judgeInterruptible(
      Map<ThreadNode, ThreadFinding> found, Retention retention, Set<ThreadNode> signalled)
      throws DumpFormatException {
    int[][] keys = keys(true);
    List<ThreadNode> candidates = with(Verdict.LIVE);
    candidates.removeIf(thread -> !thread.isBlocked());
    if (candidates.stream().allMatch(signalled::contains)) {
      return;
    }
    // A program could ask a thread for its blocker and release that; here, none does.
    Set<Rule> others = EnumSet.copyOf(rules);
    others.remove(Rule.BLOCKER_HAS_A_GETTER);
    Marking marking = mark(keys, new Edges(dump, others));
    // Threads that nothing can wake may hold the same objects.
    List<ThreadNode> leaked = with(Verdict.LEAKED);
    for (ThreadNode thread : candidates) {
      if (!marking.isLive(thread)) {
        verdicts.put(thread, Verdict.LEAKED_UNLESS_INTERRUPTED);
        found.put(thread, findings.of(thread, Verdict.LEAKED_UNLESS_INTERRUPTED, null, List.of()));
        leaked.add(thread);
      }
    }
    retention.add(
        leaked,
        found,
        finding ->
            finding.verdict() == Verdict.LEAKED_UNLESS_INTERRUPTED && counts.test(finding.id()),
        marking::isMarked,
        (object, bytes) -> {});
  }

  /**
   * The threads that can be woken without an interrupt, as far as the shortest paths show it. Such
   * a path leads to an object that ends the wait, and begins at no stack or at the stack of a
   * thread that runs or is one of these threads.
   */
  private Set<ThreadNode> signalled(Marking marking) {
    int[][] keys = keys(true);
    Set<ThreadNode> signalled = new HashSet<>();
    List<ThreadNode> open = new ArrayList<>(threads.size() > FEW ? List.of() : threads);
    boolean changed = true;
    while (changed) {
      changed =
          open.removeIf(thread ->
              marking.isLive(thread)
                  && (!thread.isBlocked()
                      || (thread.owner != null && signalled.contains(thread.owner))
                      || isSignalled(keys[thread.number], marking, signalled))
                  && signalled.add(thread));
    }
    return signalled;
  }

  private static boolean isSignalled(int[] keys, Marking marking, Set<ThreadNode> signalled) {
    for (int key : keys) {
      int root = marking.isMarked(key) ? marking.root(key, LONGEST_PATH) : -1;
      if (root >= 0) {
        ThreadNode holder = marking.stackAbove(root);
        if (holder == null || signalled.contains(holder)) {
          return true;
        }
      }
    }
    return false;
  }

  private List<ThreadNode> with(Verdict verdict) {
    return new ArrayList<>(
        threads.stream().filter(thread -> verdicts.get(thread) == verdict).toList());
  }

  private String javaVersion() {
    ClassInfo c = dump.bootClass("java.lang.VersionProps");
    return c == null ? "" : dump.text(dump.staticReference(c, "java_version"));
  }

  private List<Assumption> assumptions() {
    if (verdicts.values().stream().noneMatch(Verdict::isLeak)) {
      return List.of();
    }
    EnumSet<Assumption> all = EnumSet.allOf(Assumption.class);
    if (special.declarer < 0) {
      all.remove(Assumption.A8);
    }
    if (!verdicts.containsValue(Verdict.PROBABLY_LEAKED)) {
      all.remove(Assumption.A7);
    }
    return List.copyOf(all);
  }
}

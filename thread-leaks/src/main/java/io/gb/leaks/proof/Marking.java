package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.dump.LongList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Marks all objects that a thread that can still run can reach.
 *
 * <p>It begins with the static fields of all classes, the global GC roots and the stacks of running
 * threads. As soon as a key of a blocked thread is marked, the thread can run, and its stack is
 * marked too; and so on until nothing changes. Each object is visited once, breadth first, so the
 * path back to a root is a shortest one.
 */
final class Marking {

  /** The parent of a root. From {@link #FIRST_THREAD} downwards, parents are threads' stacks. */
  private static final int NO_PARENT = -1;

  private static final int FIRST_THREAD = -2;

  private static final String JUNIT = "org.junit.";

  private final HeapDump dump;
  private final SpecialObjects special;
  private final List<ThreadNode> threads;
  private final GroupMembers groups;
  private final Edges edges;
  private final Set<Rule> rules;

  /**
   * The large arrays of a marking. A second marking may reuse those of the first, which then no
   * longer knows its paths.
   */
  static final class Scratch {

    private final int[] parents;
    private final int[] queue;

    Scratch(HeapDump dump) {
      parents = new int[dump.objectCount()];
      queue = new int[dump.objectCount()];
    }

    /** Room for a number for each object; a marking that has used it loses its paths. */
    int[] numbers() {
      return parents;
    }
  }

  private final Bits marked;

  /** Visits each object that an object or a stack leads to. */
  @FunctionalInterface
  private interface EdgeVisitor {

    /** Visits an object; -1 stands for none. */
    void visit(int object, int parent);
  }

  private final EdgeVisitor reaching = this::reach;

  /** The objects that were declared over but are still in use. */
  private final Bits open;

  private final int[] parents;
  private final int[] queue;
  private int head;
  private int tail;

  private final boolean[] live;
  private final Bits watched;
  private final Map<Integer, List<ThreadNode>> watchers = new HashMap<>();
  private final Map<Integer, ThreadNode> byObject = new HashMap<>();
  private final Map<ThreadNode, List<ThreadNode>> owned = new HashMap<>();

  /**
   * Threads that another thread wakes, not an object. A chain of them may be long: no recursion.
   */
  private final ArrayDeque<ThreadNode> released = new ArrayDeque<>();

  /**
   * Prepares a marking.
   *
   * @param keys the objects through which each thread can be woken, by the thread's number; empty
   *     for those that are not blocked
   * @param scratch its large arrays
   */
  Marking(
      HeapDump dump,
      SpecialObjects special,
      List<ThreadNode> threads,
      GroupMembers groups,
      Edges edges,
      Set<Rule> rules,
      int[][] keys,
      Scratch scratch) {
    this.dump = dump;
    this.special = special;
    this.threads = threads;
    this.groups = groups;
    this.edges = edges;
    this.rules = rules;
    marked = new Bits(dump.objectCount());
    watched = new Bits(dump.objectCount());
    open = new Bits(dump.objectCount());
    parents = scratch.parents;
    queue = scratch.queue;
    live = new boolean[threads.size()];
    for (ThreadNode thread : threads) {
      byObject.put(thread.object, thread);
      if (carriesBlocked(thread)) {
        continue;
      }
      for (int key : keys[thread.number]) {
        watched.add(key);
        watchers.computeIfAbsent(key, k -> new ArrayList<>(1)).add(thread);
      }
      if (thread.owner != null) {
        owned.computeIfAbsent(thread.owner, o -> new ArrayList<>(1)).add(thread);
      }
    }
  }

  /** Marks until nothing changes. */
  Marking run() {
    for (ClassInfo c : dump.classes()) {
      int mirror = dump.find(c.id());
      reach(mirror, NO_PARENT);
      for (ClassInfo.Field field : c.statics()) {
        if (field.isReference() && !edges.isCutStatic(field)) {
          reachId(dump.reference(field.at()), mirror);
        }
      }
    }
    reachAll(dump.globalRoots(), NO_PARENT);
    if (rules.contains(Rule.CLASSES_KEEP_WHAT_THEY_COMPUTED)) {
      for (int i = 0; i < special.keptByClasses.size(); i++) {
        reach(special.keptByClasses.get(i), NO_PARENT);
      }
    }
    if (rules.contains(Rule.COLLECTOR_FILLS_QUEUES)) {
      for (int i = 0; i < special.queues.size(); i++) {
        reachSignals(special.queues.get(i));
      }
    }
    if (rules.contains(Rule.ALIVE_WITHOUT_STACK_RUNS)) {
      for (int i = 0; i < special.aliveThreads.size(); i++) {
        int thread = special.aliveThreads.get(i);
        if (!byObject.containsKey(thread)) {
          reach(thread, NO_PARENT);
        }
      }
    }
    for (ThreadNode thread : threads) {
      if (isRoot(thread)) {
        wake(thread, NO_PARENT);
      }
    }
    drain();
    if (special.declarer >= 0 && rules.contains(Rule.OTHERS_KEEP_A_SCOPE_OPEN)) {
      while (openScope()) {
        drain();
      }
    }
    return this;
  }

  /**
   * Finds objects that were declared over but that a live thread other than the declaring one can
   * reach from its stack, and marks what their fields refer to. Objects of JUnit itself are not
   * followed.
   *
   * @return whether any was found
   */
  private boolean openScope() {
    Bits seen = new Bits(dump.objectCount());
    IntList found = new IntList();
    EdgeVisitor finding =
        (object, parent) -> {
          if (object >= 0 && seen.add(object)) {
            found.add(object);
          }
        };
    for (ThreadNode thread : threads) {
      boolean declares =
          thread.object == special.declarer
              || (thread.rider != null && thread.rider.object == special.declarer);
      ClassInfo c = dump.classOf(thread.object);
      if (live[thread.number] && !declares && c != null) {
        LongList roots = thread.record.roots();
        for (int i = 0; i < roots.size(); i++) {
          finding.visit(dump.find(roots.get(i)), NO_PARENT);
        }
        follow(thread.object, edges.own(c), NO_PARENT, finding);
      }
    }
    for (int i = 0; i < special.aliveThreads.size(); i++) {
      if (!byObject.containsKey(special.aliveThreads.get(i))) {
        finding.visit(special.aliveThreads.get(i), NO_PARENT);
      }
    }
    boolean opened = false;
    for (int i = 0; i < found.size(); i++) {
      int object = found.get(i);
      ClassInfo c = dump.classOf(object);
      if (c == null || c.name().startsWith(JUNIT)) {
        continue;
      }
      if (special.deadScope.has(object) && open.add(object)) {
        opened = true;
        scan(object);
      }
      expand(object, c, finding);
      if (edges.treatment(c) == Edges.Treatment.QUEUE) {
        IntList references = special.referencesOf(object);
        for (int j = 0; j < references.size(); j++) {
          finding.visit(references.get(j), object);
        }
      }
    }
    return opened;
  }

  private boolean isRoot(ThreadNode thread) {
    if (carriesBlocked(thread)) {
      return false;
    }
    return !thread.isBlocked()
        || (thread.waiting == Waiting.ENTRANCE && thread.owner == null)
        || !rules.contains(Rule.BLOCKED_STACKS_WAIT);
  }

  /**
   * A carrier on which a blocked virtual thread is mounted is parked: it wakes with that thread.
   */
  private static boolean carriesBlocked(ThreadNode thread) {
    return thread.rider != null && thread.rider.isBlocked() && thread.waiting == Waiting.PARKED;
  }

  private void drain() {
    while (head < tail || !released.isEmpty()) {
      ThreadNode next = released.poll();
      if (next != null) {
        wake(next, FIRST_THREAD - next.number);
      } else {
        scan(queue[head++]);
      }
    }
  }

  private void scan(int object) {
    touch(object);
    if (special.deadScope.has(object) && !open.has(object)) {
      return;
    }
    ClassInfo c = dump.classOf(object);
    if (c == null) {
      return;
    }
    expand(object, c, reaching);
    if (edges.treatment(c) == Edges.Treatment.QUEUE) {
      reachReferences(object);
    }
  }

  /** Visits all that a program can get from an object, but the references that a queue yields. */
  private void expand(int object, ClassInfo c, EdgeVisitor to) {
    Edges.Treatment treatment = edges.treatment(c);
    if (treatment == Edges.Treatment.ARRAY) {
      int length = dump.length(object);
      long data = dump.data(object);
      for (int i = 0; i < length; i++) {
        long id = dump.element(data, i);
        if (id != 0) {
          to.visit(dump.find(id), object);
        }
      }
      return;
    }
    follow(object, edges.shared(c), object, to);
    if (treatment == Edges.Treatment.THREAD) {
      if (!byObject.containsKey(object)) {
        // Not started yet, or ended: no stack counts for it, so its own fields count now.
        follow(object, edges.own(c), object, to);
      }
      to.visit(GroupMembers.groupOf(dump, object), object);
    } else if (treatment == Edges.Treatment.GROUP) {
      enumerate(object, c, to);
    }
  }

  private void enumerate(int group, ClassInfo c, EdgeVisitor to) {
    boolean cut = rules.contains(Rule.CUT_THREAD_GROUPS_OF_JVM) && groups.isOfJvm(group);
    if (!cut && rules.contains(Rule.GROUP_KNOWS_ITS_THREADS)) {
      follow(group, edges.own(c), group, to);
      IntList members = groups.members(group);
      for (int i = 0; i < members.size(); i++) {
        to.visit(members.get(i), group);
      }
    }
  }

  private void follow(int object, int[] offsets, int parent, EdgeVisitor to) {
    long data = dump.data(object);
    for (int offset : offsets) {
      long id = dump.reference(data + offset);
      if (id != 0) {
        to.visit(dump.find(id), parent);
      }
    }
  }

  private void reachAll(LongList ids, int parent) {
    for (int i = 0; i < ids.size(); i++) {
      reachId(ids.get(i), parent);
    }
  }

  private void reachId(long id, int parent) {
    if (id != 0) {
      reach(dump.find(id), parent);
    }
  }

  private void reach(int object, int parent) {
    if (object >= 0 && marked.add(object)) {
      parents[object] = parent;
      queue[tail++] = object;
    }
  }

  private void touch(int object) {
    if (watched.has(object)) {
      List<ThreadNode> woken = watchers.remove(object);
      if (woken != null) {
        woken.forEach(thread -> wake(thread, object));
      }
    }
  }

  /** Lets a thread run: what it refers to counts from now on. */
  private void wake(ThreadNode thread, int cause) {
    if (live[thread.number]) {
      return;
    }
    live[thread.number] = true;
    int stack = FIRST_THREAD - thread.number;
    reach(thread.object, cause == thread.object ? NO_PARENT : cause);
    ClassInfo c = dump.classOf(thread.object);
    if (c != null) {
      follow(thread.object, edges.own(c), stack, reaching);
    }
    reachAll(thread.record.roots(), stack);
    if (thread.carrier != null) {
      released.add(thread.carrier);
    }
    released.addAll(owned.getOrDefault(thread, List.of()));
  }

  /** Marks what the JDK signals when a reference is put into a queue, but not its content. */
  private void reachSignals(int referenceQueue) {
    ClassInfo c = dump.classOf(referenceQueue);
    if (c != null) {
      reachAllBut("head", referenceQueue, c, NO_PARENT);
    }
  }

  private void reachAllBut(String fieldName, int object, ClassInfo c, int parent) {
    for (ClassInfo.Field field : c.fields()) {
      if (field.isReference() && !field.name().equals(fieldName)) {
        reachId(dump.reference(dump.data(object) + field.at()), parent);
      }
    }
  }

  /** Marks the references that a queue yields; their referents have been cleared by then. */
  private void reachReferences(int referenceQueue) {
    if (!rules.contains(Rule.QUEUE_YIELDS_REFERENCES)) {
      return;
    }
    IntList references = special.referencesOf(referenceQueue);
    for (int i = 0; i < references.size(); i++) {
      int reference = references.get(i);
      ClassInfo c = dump.classOf(reference);
      if (c == null || !rules.contains(Rule.CUT_ENQUEUED_REFERENT)) {
        reach(reference, referenceQueue);
      } else if (!marked.has(reference)) {
        touch(reference);
        reachAllBut("referent", reference, c, referenceQueue);
      }
    }
  }

  boolean isLive(ThreadNode thread) {
    return live[thread.number];
  }

  boolean isMarked(int object) {
    return marked.has(object);
  }

  /**
   * The path from an object back to a root, the object first. It ends with the object that the root
   * refers to.
   */
  IntList path(int object, int limit) {
    IntList path = new IntList();
    int at = object;
    while (at >= 0 && path.size() < limit) {
      path.add(at);
      at = parents[at];
    }
    return path;
  }

  /** The last object of that path, or -1 if it is longer than the limit. */
  int root(int object, int limit) {
    int at = object;
    for (int i = 0; i < limit; i++) {
      if (parents[at] < 0) {
        return at;
      }
      at = parents[at];
    }
    return -1;
  }

  /** The thread whose stack refers to an object, or null if another object or a root does. */
  @Nullable ThreadNode stackAbove(int object) {
    return parents[object] <= FIRST_THREAD ? threads.get(FIRST_THREAD - parents[object]) : null;
  }
}

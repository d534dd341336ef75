package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.HeapDump;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Knows through which fields a program can get from an object to others. It answers for all
 * instances of a class at once, with the offsets of the fields to follow.
 */
final class Edges {

  /** How to follow the instances of a class, beyond their fields. */
  enum Treatment {
    PLAIN,
    ARRAY,
    THREAD,
    GROUP,
    QUEUE
  }

  /** LockSupport.getBlocker returns its value to everyone who has the thread. */
  private static final String BLOCKER = "parkBlocker";

  /**
   * The fields of Thread that only the thread itself reads, or the JDK on its behalf: none has a
   * getter but the thread group in the holder, and {@link #BLOCKER}. And the lists of a thread
   * group.
   */
  private static final Map<String, Set<String>> OWN_FIELDS =
      Map.of(
          "java.lang.Thread",
          Set.of(
              "target",
              "holder",
              "threadLocals",
              "inheritableThreadLocals",
              "scopedValueBindings",
              "inheritedAccessControlContext",
              "cont",
              "container",
              "headStackableScopes",
              BLOCKER,
              "blocker",
              "nioBlocker"),
          "java.lang.VirtualThread",
          Set.of("cont", "runContinuation", "carrierThread", "timeoutTask", "next"),
          "java.lang.ThreadGroup",
          Set.of("threads", "groups", "weaks"));

  private static final String REFERENCE = "java.lang.ref.Reference";

  private final Set<Rule> rules;
  private final Treatment[] treatments;
  private final int[][] shared;
  private final int[][] own;

  Edges(HeapDump dump, Set<Rule> rules) {
    this.rules = rules;
    List<ClassInfo> classes = dump.classes();
    treatments = new Treatment[classes.size()];
    shared = new int[classes.size()][];
    own = new int[classes.size()][];
    for (ClassInfo c : classes) {
      int i = c.ordinal();
      boolean phantom = c.isA("java.lang.ref.PhantomReference");
      boolean weak = c.isA("java.lang.ref.WeakReference") || c.isA("java.lang.ref.SoftReference");
      treatments[i] =
          c.isA("java.lang.Thread")
              ? Treatment.THREAD
              : c.isA("java.lang.ThreadGroup")
                  ? Treatment.GROUP
                  : c.isA("java.lang.ref.ReferenceQueue")
                      ? Treatment.QUEUE
                      : c.name().endsWith("[]") ? Treatment.ARRAY : Treatment.PLAIN;
      List<ClassInfo.Field> followed =
          c.fields().stream().filter(f -> f.isReference() && !isCut(f, phantom, weak)).toList();
      shared[i] = offsets(followed, f -> !isOwn(f));
      own[i] = offsets(followed, this::isOwn);
    }
  }

  private static int[] offsets(List<ClassInfo.Field> fields, Predicate<ClassInfo.Field> which) {
    return fields.stream().filter(which).mapToInt(field -> (int) field.at()).toArray();
  }

  Treatment treatment(ClassInfo c) {
    return treatments[c.ordinal()];
  }

  /** The offsets of the fields that everyone who has the object can follow. */
  int[] shared(ClassInfo c) {
    return shared[c.ordinal()];
  }

  /**
   * The offsets of the fields that count only once the thread can run or, of a thread group, only
   * if the group is not one of the JVM's own.
   */
  int[] own(ClassInfo c) {
    return own[c.ordinal()];
  }

  /** Whether a static field is one of the registries that no program can read. */
  boolean isCutStatic(ClassInfo.Field field) {
    return switch (field.name()) {
      case "VTHREADS" ->
          rules.contains(Rule.CUT_VIRTUAL_THREAD_REGISTRY)
              && field
                  .declarer()
                  .equals("jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer");
      case "CONTAINER_REGISTRY" ->
          rules.contains(Rule.CUT_CONTAINER_REGISTRY)
              && field.declarer().equals("jdk.internal.vm.ThreadContainers");
      default -> false;
    };
  }

  private boolean isCut(ClassInfo.Field field, boolean phantom, boolean weak) {
    return switch (field.name()) {
      case "referent" ->
          field.declarer().equals(REFERENCE)
              && ((phantom && rules.contains(Rule.CUT_PHANTOM_REFERENT))
                  || (weak && !rules.contains(Rule.WEAK_IS_STRONG)));
      case "container" ->
          !rules.contains(Rule.EXIT_WAKES_CONTAINER) && field.declarer().equals("java.lang.Thread");
      default -> false;
    };
  }

  private boolean isOwn(ClassInfo.Field field) {
    if (field.name().equals(BLOCKER) && rules.contains(Rule.BLOCKER_HAS_A_GETTER)) {
      return false;
    }
    return OWN_FIELDS.getOrDefault(field.declarer(), Set.of()).contains(field.name());
  }
}

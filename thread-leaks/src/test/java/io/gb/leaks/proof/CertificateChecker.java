package io.gb.leaks.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Verifies a proof with a reader of its own, which shares nothing with the prover: it compares what
 * each record of the dump says with the certificate. It checks that all roots are live, that what a
 * live object refers to is live, that the stack of each thread that is not leaked is live, and that
 * no key of a leaked thread is.
 */
public final class CertificateChecker extends DumpWalk {

  private enum Pass {
    /** Which classes and objects there are. */
    SHAPES,
    /** For which queues references are registered. */
    QUEUES,
    /** What is live and what should be. */
    EDGES
  }

  private static final int ALIVE = 1;
  private static final Field REFERENT = new Field("java.lang.ref.Reference", "referent");
  private static final Field QUEUE = new Field("java.lang.ref.Reference", "queue");
  private static final Set<Field> LISTED =
      Set.of(
          new Field("java.lang.ThreadGroup", "threads"),
          new Field("java.lang.ThreadGroup", "groups"),
          new Field("java.lang.ThreadGroup", "weaks"));

  /** What a Class refers to by fields that no dump has. */
  private static final List<String> CLASS_FIELDS =
      List.of(
          "java.lang.ClassValue$ClassValueMap",
          "java.lang.Class$AnnotationData",
          "java.lang.Class$ReflectionData",
          "java.lang.Module",
          "sun.reflect.annotation.AnnotationType",
          "sun.reflect.generics.repository.ClassRepository");

  /** The one field of a Thread that leads from a leaked one to more, if anybody has it. */
  private static final Field BLOCKER = new Field("java.lang.Thread", "parkBlocker");

  private final Certificate certificate;
  private final List<String> violations = new ArrayList<>();
  private final Map<Integer, Long> threads = new HashMap<>();
  private final Set<Long> objects = new HashSet<>();
  private final Set<Long> texts = new HashSet<>();
  private final Set<Long> awaited = new HashSet<>();
  private final Set<Long> closed = new HashSet<>();
  private final Set<Long> globals = new HashSet<>();

  /** Threads of the platform, with a stack or without. */
  private final Set<Long> platform = new HashSet<>();

  /** The group of each thread, or of the holder in which JDK 19 and later keep it. */
  private final Map<Long, Long> groupOf = new HashMap<>();

  /** The state of each thread, or of that holder. */
  private final Map<Long, Integer> statusOf = new HashMap<>();

  private final Map<Long, Long> holders = new HashMap<>();

  /** What static fields of the JDK refer to, the groups of its own threads among it. */
  private final Set<Long> ofJdk = new HashSet<>();

  /** The parent of each thread group, 0 for the top. */
  private final Map<Long, Long> parents = new HashMap<>();

  private Pass pass = Pass.SHAPES;

  private CertificateChecker(Certificate certificate) {
    this.certificate = certificate;
  }

  /**
   * Checks a certificate against a dump.
   *
   * @return what contradicts it, a line each; empty if it holds
   * @throws IOException if the dump cannot be read
   */
  public static List<String> violations(Path dump, Certificate certificate) throws IOException {
    CertificateChecker checker = new CertificateChecker(certificate);
    for (Pass pass : Pass.values()) {
      checker.pass = pass;
      checker.read(dump);
    }
    checker.checkGroups();
    checker.checkThreadsWithoutStack();
    checker.checkKeys();
    return checker.violations;
  }

  /** Who has a thread gets at its group, and who has a group at the threads in and below it. */
  private void checkGroups() {
    for (long thread : threads.values()) {
      long group = ofThread(groupOf, thread, 0L);
      if (certificate.isLive().test(thread)) {
        root(group, "the group of live thread " + thread);
      }
      while (group != 0) {
        if (certificate.isLive().test(group) && !isOfJvm(group)) {
          root(thread, "in live group " + group);
        }
        group = parents.getOrDefault(group, 0L);
      }
    }
  }

  /**
   * Whether a group is {@code system}, or the only other one that the JVM itself holds, or of the
   * JDK's own threads.
   */
  private boolean isOfJvm(long group) {
    return ofJdk.contains(group) || isHeldByJvm(group);
  }

  private boolean isHeldByJvm(long group) {
    return globals.contains(group)
        && (parents.getOrDefault(group, 0L) == 0
            || globals.stream().filter(id -> parents.getOrDefault(id, 0L) != 0).count() == 1);
  }

  private void checkKeys() {
    certificate
        .keys()
        .forEach((thread, keys) -> {
          Long owner = certificate.owners().get(thread);
          if (owner == null ? keys.isEmpty() : !certificate.keys().containsKey(owner)) {
            violations.add("thread " + thread + " has no key, or an owner that is not leaked");
          }
          for (long key : keys) {
            if (!objects.contains(key) || certificate.isLive().test(key)) {
              violations.add("key " + key + " of thread " + thread + " is live");
            } else if (texts.contains(key)) {
              violations.add("key " + key + " of thread " + thread + " is a string");
            }
          }
        });
  }

  private <V> V ofThread(Map<Long, V> map, long thread, V otherwise) {
    return map.getOrDefault(holders.getOrDefault(thread, thread), otherwise);
  }

  /** Who starts or ends has no stack in the dump, and yet runs. */
  private void checkThreadsWithoutStack() {
    for (long thread : platform) {
      if (!threads.containsValue(thread) && (ofThread(statusOf, thread, 0) & ALIVE) != 0) {
        root(thread, "a thread that is alive");
      }
    }
  }

  @Override
  void globalRoot(long id, boolean jni) {
    if (jni) {
      globals.add(id);
    }
    root(id, "a root");
  }

  @Override
  void thread(int thread, long id) {
    threads.putIfAbsent(thread, id);
  }

  @Override
  void frameRoot(long id, int thread) {
    Long object = threads.get(thread);
    if (object == null || !certificate.keys().containsKey(object)) {
      root(id, "the stack of a thread that is not leaked");
    }
  }

  @Override
  void loadedClass(long id, String name, List<Long> belongings) {
    objects.add(id);
    root(id, "class " + name);
    belongings.forEach(object -> root(object, "the loader or domain of " + name));
  }

  @Override
  void staticField(String className, String field, long value) {
    if (className.startsWith("java.") || className.startsWith("jdk.")) {
      ofJdk.add(value);
    }
    if (!isRegistry(className, field)) {
      root(value, "static " + className + "." + field);
    }
  }

  /** The two registries of the JDK that know all threads and that no program can read. */
  private static boolean isRegistry(String className, String field) {
    return (field.equals("VTHREADS")
            && className.equals(
                "jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer"))
        || (field.equals("CONTAINER_REGISTRY")
            && className.equals("jdk.internal.vm.ThreadContainers"));
  }

  @Override
  void array(long id) {
    objects.add(id);
  }

  @Override
  void element(long array, long value) {
    edge(array, value, "an element of an array");
  }

  @Override
  void instance(long id, long classId, Map<Field, Long> references, Map<Field, Integer> ints) {
    objects.add(id);
    if (pass == Pass.SHAPES) {
      return;
    }
    references.forEach((field, value) -> note(id, field, value));
    ints.forEach((field, value) -> {
      if (field.name().equals("threadStatus")) {
        statusOf.put(id, value);
      }
    });
    if (isA(classId, "java.lang.String")) {
      texts.add(id);
    } else if (isA(classId, "java.lang.Thread") && !isA(classId, "java.lang.VirtualThread")) {
      platform.add(id);
    } else if (isA(classId, "java.lang.ref.ReferenceQueue$Null")) {
      // What references without a queue point to; it accepts nothing.
      closed.add(id);
    } else if (isA(classId, "java.lang.ref.ReferenceQueue") && awaited.contains(id)) {
      references.forEach((field, value) -> {
        if (!field.name().equals("head")) {
          root(value, "what the collector signals");
        }
      });
    } else if (CLASS_FIELDS.stream().anyMatch(name -> isA(classId, name))) {
      root(id, "what a class keeps");
    }
    edges(id, isA(classId, "java.lang.ref.PhantomReference"), references);
  }

  private void edges(long id, boolean phantom, Map<Field, Long> references) {
    long queue = references.getOrDefault(QUEUE, 0L);
    // Whoever polls a live queue gets the reference, but no referent.
    boolean yielded = certificate.isLive().test(queue) && !closed.contains(queue);
    references.forEach((field, value) -> {
      boolean referent = field.equals(REFERENT);
      if (yielded && !referent) {
        root(value, "what a live queue yields");
      }
      boolean cut =
          (LISTED.contains(field) && isOfJvm(id))
              || (referent && phantom)
              || (certificate.keys().containsKey(id) && !field.equals(BLOCKER));
      if (!cut) {
        edge(id, value, field.declarer() + "." + field.name());
      }
    });
  }

  private void note(long id, Field field, long value) {
    if (field.equals(QUEUE)) {
      awaited.add(value);
    }
    switch (field.declarer()) {
      case "java.lang.ThreadGroup" -> {
        if (field.name().equals("parent")) {
          parents.put(id, value);
        }
      }
      case "java.lang.Thread", "java.lang.Thread$FieldHolder" -> {
        if (field.name().equals("holder")) {
          holders.put(id, value);
        } else if (field.name().equals("group")) {
          groupOf.put(id, value);
        }
      }
      default -> {}
    }
  }

  private void edge(long from, long to, String what) {
    if (pass == Pass.EDGES && certificate.isLive().test(from)) {
      root(to, what + " of live object " + from);
    }
  }

  private void root(long id, String what) {
    if (pass == Pass.EDGES && objects.contains(id) && !certificate.isLive().test(id)) {
      violations.add(id + " is not live, but " + what);
    }
  }
}

package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.dump.HeapDump;
import java.util.Arrays;
import java.util.Set;

/**
 * The objects of a dump that the proof must know one by one. They are found in one pass over all
 * objects, which also adds up their sizes.
 */
final class SpecialObjects {

  /**
   * The types of objects that the fields of a Class refer to. A dump does not show these fields.
   * Types that are not listed here are in the dump in another way, such as the loader, or no
   * program can get them from a class, such as its array of enum constants.
   */
  private static final Set<String> KEPT_BY_CLASSES =
      Set.of(
          "java.lang.ClassValue$ClassValueMap",
          "java.lang.Class$AnnotationData",
          "java.lang.Class$ReflectionData",
          "java.lang.Module",
          "sun.reflect.annotation.AnnotationType",
          "sun.reflect.generics.repository.ClassRepository");

  /** Instances of VirtualThread. */
  final IntList virtualThreads = new IntList();

  /** Platform threads that were started and have not ended, with a stack in the dump or without. */
  final IntList aliveThreads = new IntList();

  /** The objects that classes refer to by fields that the dump does not show. */
  final IntList keptByClasses = new IntList();

  /** The queues with which a reference is registered, each once. */
  final IntList queues = new IntList();

  /** The objects that were declared over, see {@link DeadScope}. */
  final Bits deadScope;

  /** The thread that declared them over, or -1 if nothing was declared. */
  final int declarer;

  private long[] queued = new long[16];
  private int queuedSize;

  SpecialObjects(HeapDump dump, ClassSizes sizes) throws DumpFormatException {
    deadScope = new Bits(dump.objectCount());
    byte[] kinds = new byte[dump.classes().size()];
    int declaredBy = -1;
    for (ClassInfo c : dump.classes()) {
      if (c.name().equals(DeadScope.class.getName())) {
        int declared = dump.staticReference(c, DeadScope.OBJECTS);
        declaredBy = Math.max(declaredBy, dump.staticReference(c, DeadScope.DECLARER));
        for (int i = 0; declared >= 0 && i < dump.length(declared); i++) {
          int object = dump.find(dump.element(dump.data(declared), i));
          if (object >= 0) {
            deadScope.add(object);
          }
        }
      }
      kinds[c.ordinal()] =
          (byte)
              (c.isA("java.lang.VirtualThread")
                  ? 1
                  : KEPT_BY_CLASSES.contains(c.name())
                      ? 2
                      : c.isA("java.lang.ref.Reference") ? 3 : c.isA("java.lang.Thread") ? 4 : 0);
    }
    declarer = declaredBy;
    for (int object = 0; object < dump.objectCount(); object++) {
      ClassInfo c = dump.classOf(object);
      sizes.add(object, c);
      switch (c == null ? 0 : kinds[c.ordinal()]) {
        case 1 -> virtualThreads.add(object);
        case 2 -> keptByClasses.add(object);
        case 3 -> reference(dump, object);
        case 4 -> {
          if (ThreadReader.isAlive(dump, object)) {
            aliveThreads.add(object);
          }
        }
        default -> {}
      }
    }
    Arrays.sort(queued, 0, queuedSize);
    for (int i = 0; i < queuedSize; i++) {
      if (i == 0 || queued[i] >> 32 != queued[i - 1] >> 32) {
        queues.add((int) (queued[i] >> 32));
      }
    }
  }

  private void reference(HeapDump dump, int reference) {
    int queue = dump.follow(reference, "queue");
    if (queue >= 0) {
      ClassInfo c = dump.classOf(queue);
      // A cleared reference counts too: the collector may have cleared it a moment ago.
      // References without a queue refer to a queue that accepts nothing.
      if (c != null && !c.isA("java.lang.ref.ReferenceQueue$Null")) {
        if (queuedSize == queued.length) {
          queued = Arrays.copyOf(queued, 2 * queuedSize);
        }
        queued[queuedSize++] = ((long) queue << 32) | reference;
      }
    }
  }

  /** The references that the collector may put into a queue. */
  IntList referencesOf(int queue) {
    int from = Arrays.binarySearch(queued, 0, queuedSize, (long) queue << 32);
    IntList references = new IntList();
    for (int i = from < 0 ? -from - 1 : from; i < queuedSize && queued[i] >> 32 == queue; i++) {
      references.add((int) queued[i]);
    }
    return references;
  }
}

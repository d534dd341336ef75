package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.dump.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the sizes of the objects of each class. */
final class ClassSizes {

  private static final class Sum {
    private long instances;
    private long bytes;
    private long leakedBytes;

    ClassUsage named(String name) {
      return new ClassUsage(name, instances, bytes, leakedBytes);
    }
  }

  private final HeapDump dump;
  private final Layout layout;
  private final Sum[] byClass;
  private final Map<String, Sum> others = new HashMap<>();
  private long heapBytes;

  ClassSizes(HeapDump dump, Layout layout) {
    this.dump = dump;
    this.layout = layout;
    byClass = new Sum[dump.classes().size()];
  }

  private Sum sum(int object, @Nullable ClassInfo c) {
    if (c == null) {
      return others.computeIfAbsent(dump.typeName(object), name -> new Sum());
    }
    if (byClass[c.ordinal()] == null) {
      byClass[c.ordinal()] = new Sum();
    }
    return byClass[c.ordinal()];
  }

  /** Adds an object; its class is null for arrays of primitives and for classes. */
  void add(int object, @Nullable ClassInfo c) throws DumpFormatException {
    Sum sum = sum(object, c);
    long bytes = layout.bytes(object, c);
    sum.instances++;
    sum.bytes += bytes;
    heapBytes += bytes;
  }

  /** Counts an object as one that only leaked threads hold. */
  void leak(int object, long bytes) {
    sum(object, dump.classOf(object)).leakedBytes += bytes;
  }

  /** The size of all objects. */
  long heapBytes() {
    return heapBytes;
  }

  /** The sums of all classes, the largest first. */
  List<ClassUsage> usages() {
    List<ClassUsage> usages = new ArrayList<>();
    for (ClassInfo c : dump.classes()) {
      Sum sum = byClass[c.ordinal()];
      if (sum != null) {
        usages.add(sum.named(c.name()));
      }
    }
    others.forEach((name, sum) -> usages.add(sum.named(name)));
    usages.sort(
        Comparator.comparingLong(ClassUsage::bytes)
            .reversed()
            .thenComparing(ClassUsage::className));
    return usages;
  }
}

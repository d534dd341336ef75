package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.dump.Layout;
import io.gb.leaks.dump.LongList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Adds up sizes: of the heap, of each class, and of what only leaked threads hold. */
final class Usage {

  private static final class Sum {
    private long instances;
    private long bytes;
    private long leakedBytes;
  }

  private final HeapDump dump;
  private final Edges edges;
  private final Layout layout;
  private final Bits leaked;
  private int[] stack = new int[1024];
  private int depth;
  private long leakedBytes;
  private long heapBytes;

  Usage(HeapDump dump, Edges edges) throws DumpFormatException {
    this.dump = dump;
    this.edges = edges;
    layout = new Layout(dump);
    leaked = new Bits(dump.objectCount());
  }

  /**
   * What each of some threads holds and no live thread can use. Shared objects count for the first
   * thread that reaches them, so that the sum is the size of all.
   */
  Map<ThreadNode, Long> retainedBy(List<ThreadNode> threads, IntPredicate isLive)
      throws DumpFormatException {
    Map<ThreadNode, Long> retained = new LinkedHashMap<>();
    for (ThreadNode thread : threads) {
      long before = leakedBytes;
      push(thread.object, isLive);
      LongList roots = thread.record.roots();
      for (int i = 0; i < roots.size(); i++) {
        push(dump.find(roots.get(i)), isLive);
      }
      ClassInfo c = dump.classOf(thread.object);
      if (c != null) {
        pushFields(thread.object, edges.own(c), isLive);
      }
      while (depth > 0) {
        int object = stack[--depth];
        leakedBytes += layout.bytes(object);
        pushAll(object, isLive);
      }
      retained.put(thread, leakedBytes - before);
    }
    return retained;
  }

  private void pushAll(int object, IntPredicate isLive) {
    if (dump.isInstance(object)) {
      ClassInfo c = dump.classOf(object);
      if (c != null) {
        pushFields(object, edges.shared(c), isLive);
        pushFields(object, edges.own(c), isLive);
      }
    } else if (dump.isObjectArray(object)) {
      int length = dump.length(object);
      for (int i = 0; i < length; i++) {
        push(dump.find(dump.element(object, i)), isLive);
      }
    }
  }

  private void pushFields(int object, int[] offsets, IntPredicate isLive) {
    long data = dump.data(object);
    for (int offset : offsets) {
      push(dump.find(dump.reference(data + offset)), isLive);
    }
  }

  private void push(int object, IntPredicate isLive) {
    if (object >= 0 && !isLive.test(object) && leaked.add(object)) {
      if (depth == stack.length) {
        stack = Arrays.copyOf(stack, 2 * depth);
      }
      stack[depth++] = object;
    }
  }

  /** What all threads asked for so far hold. */
  long leakedBytes() {
    return leakedBytes;
  }

  /** The size of all objects; known after {@link #classes()}. */
  long heapBytes() {
    return heapBytes;
  }

  /** What each class takes, the largest first. */
  List<ClassUsage> classes() throws DumpFormatException {
    Sum[] byClass = new Sum[dump.classes().size()];
    Map<String, Sum> others = new HashMap<>();
    for (int object = 0; object < dump.objectCount(); object++) {
      ClassInfo c = dump.classOf(object);
      Sum sum;
      if (c == null) {
        sum = others.computeIfAbsent(dump.typeName(object), name -> new Sum());
      } else if (byClass[c.ordinal()] == null) {
        sum = byClass[c.ordinal()] = new Sum();
      } else {
        sum = byClass[c.ordinal()];
      }
      long bytes = layout.bytes(object);
      sum.instances++;
      sum.bytes += bytes;
      heapBytes += bytes;
      if (leaked.has(object)) {
        sum.leakedBytes += bytes;
      }
    }
    List<ClassUsage> usages = new ArrayList<>();
    for (ClassInfo c : dump.classes()) {
      Sum sum = byClass[c.ordinal()];
      if (sum != null) {
        usages.add(new ClassUsage(c.name(), sum.instances, sum.bytes, sum.leakedBytes));
      }
    }
    others.forEach(
        (name, sum) -> usages.add(new ClassUsage(name, sum.instances, sum.bytes, sum.leakedBytes)));
    usages.sort(
        Comparator.comparingLong(ClassUsage::bytes)
            .reversed()
            .thenComparing(ClassUsage::className));
    return usages;
  }
}

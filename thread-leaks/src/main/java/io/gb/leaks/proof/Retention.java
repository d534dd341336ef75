package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.dump.Layout;
import io.gb.leaks.dump.LongList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Adds up sizes: of the heap, of each class, and of what only leaked threads hold. */
final class Retention {

  private static final class Sum {
    private long instances;
    private long bytes;
    private long leakedBytes;
  }

  private final HeapDump dump;
  private final Edges edges;
  private final Layout layout;
  private final Marking.Scratch scratch;
  private final Bits started;
  private @Nullable Holders holders;
  private long heapBytes;

  /** Prepares it; from each {@link #add} to the next marking, it uses the scratch. */
  Retention(HeapDump dump, Edges edges, List<ThreadNode> threads, Marking.Scratch scratch)
      throws DumpFormatException {
    this.dump = dump;
    this.edges = edges;
    this.scratch = scratch;
    layout = new Layout(dump);
    started = new Bits(dump.objectCount());
    threads.forEach(thread -> started.add(thread.object));
  }

  /**
   * Completes the findings of leaked threads by what they retain.
   *
   * @param threads these threads
   * @param found their findings, and those of others
   * @param isLive what counts as used by others
   * @return what they retain together
   */
  long add(List<ThreadNode> threads, Map<ThreadNode, ThreadFinding> found, IntPredicate isLive)
      throws DumpFormatException {
    Map<ThreadFinding.Group, Integer> groupNumbers = new HashMap<>();
    int[] groups = new int[threads.size()];
    for (int i = 0; i < groups.length; i++) {
      ThreadFinding finding = Objects.requireNonNull(found.get(threads.get(i)));
      groups[i] = groupNumbers.computeIfAbsent(finding.group(), key -> groupNumbers.size());
    }
    Holders now = spread(threads, groups, isLive);
    holders = now;
    long[] byThread = new long[groups.length];
    long[] byGroup = new long[groupNumbers.size()];
    long total = 0;
    for (int object = 0; object < dump.objectCount(); object++) {
      if (now.isHeld(object)) {
        long bytes = layout.bytes(object);
        total += bytes;
        if (now.holder(object) >= 0) {
          byThread[now.holder(object)] += bytes;
        } else if (now.group(object) >= 0) {
          byGroup[now.group(object)] += bytes;
        }
      }
    }
    for (int i = 0; i < groups.length; i++) {
      int holder = i;
      found.computeIfPresent(
          threads.get(i),
          (thread, finding) -> finding.retaining(byThread[holder], byGroup[groups[holder]]));
    }
    return total;
  }

  /**
   * Finds out which threads hold what. What a program can get at counts, weak references too; what
   * belongs to a thread itself is held by that thread alone, whoever refers to its Thread object.
   */
  private Holders spread(List<ThreadNode> threads, int[] groups, IntPredicate isLive) {
    Holders holding = new Holders(scratch.numbers(), groups);
    for (int i = 0; i < groups.length; i++) {
      int holder = i;
      ThreadNode thread = threads.get(i);
      IntConsumer hold =
          object -> {
            if (object >= 0 && !isLive.test(object)) {
              holding.hold(holder, object);
            }
          };
      hold.accept(thread.object);
      LongList roots = thread.record.roots();
      for (int j = 0; j < roots.size(); j++) {
        hold.accept(dump.find(roots.get(j)));
      }
      ClassInfo c = dump.classOf(thread.object);
      if (c != null) {
        follow(thread.object, edges.own(c), hold);
      }
    }
    holding.spread((object, to) ->
        successors(
            object,
            next -> {
              if (next >= 0 && !isLive.test(next)) {
                to.accept(next);
              }
            }));
    return holding;
  }

  private void successors(int object, IntConsumer to) {
    if (dump.isInstance(object)) {
      ClassInfo c = dump.classOf(object);
      if (c != null) {
        follow(object, edges.shared(c), to);
        if (!started.has(object)) {
          follow(object, edges.own(c), to);
        }
      }
    } else if (dump.isObjectArray(object)) {
      int length = dump.length(object);
      for (int i = 0; i < length; i++) {
        to.accept(dump.find(dump.element(object, i)));
      }
    }
  }

  private void follow(int object, int[] offsets, IntConsumer to) {
    long data = dump.data(object);
    for (int offset : offsets) {
      to.accept(dump.find(dump.reference(data + offset)));
    }
  }

  /** The size of all objects; known after {@link #classes}. */
  long heapBytes() {
    return heapBytes;
  }

  /** What each class takes, the largest first, and how much of it the threads added last hold. */
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
      if (holders != null && holders.isHeld(object)) {
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

package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.dump.Layout;
import io.gb.leaks.dump.LongList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Adds up the sizes of the objects that only leaked threads hold. */
final class Retention {

  /** Is told about each object that is retained. */
  interface Retained {

    void add(int object, long bytes);
  }

  private final HeapDump dump;
  private final Edges edges;
  private final Layout layout;
  private final Marking.Scratch scratch;
  private final Bits started;

  /** Prepares it; each call of {@link #add} overwrites the scratch. */
  Retention(
      HeapDump dump,
      Layout layout,
      Edges edges,
      List<ThreadNode> threads,
      Marking.Scratch scratch) {
    this.dump = dump;
    this.edges = edges;
    this.scratch = scratch;
    this.layout = layout;
    started = new Bits(dump.objectCount());
    threads.forEach(thread -> started.add(thread.object));
  }

  /**
   * Completes the findings for leaked threads by what they retain.
   *
   * @param threads the leaked threads
   * @param found the findings for them, and for others
   * @param counts which findings to complete; what one of the other leaked threads holds is not
   *     retained by these
   * @param isLive whether a live thread can reach an object
   * @param retained is told about each object that they retain together
   */
  void add(
      List<ThreadNode> threads,
      Map<ThreadNode, ThreadFinding> found,
      Predicate<ThreadFinding> counts,
      IntPredicate isLive,
      Retained retained)
      throws DumpFormatException {
    Map<ThreadFinding.Kind, Integer> kindNumbers = new HashMap<>();
    int[] kinds = new int[threads.size()];
    for (int i = 0; i < kinds.length; i++) {
      ThreadFinding finding = Objects.requireNonNull(found.get(threads.get(i)));
      kinds[i] =
          counts.test(finding)
              ? kindNumbers.computeIfAbsent(finding.kind(), key -> kindNumbers.size())
              : Holders.OUTSIDE;
    }
    if (kindNumbers.isEmpty()) {
      return;
    }
    Holders holders = spread(threads, kinds, isLive);
    long[] byThread = new long[kinds.length];
    long[] byKind = new long[kindNumbers.size()];
    for (int object = 0; object < dump.objectCount(); object++) {
      if (holders.isHeld(object)) {
        long bytes = layout.bytes(object);
        retained.add(object, bytes);
        if (holders.holder(object) >= 0) {
          byThread[holders.holder(object)] += bytes;
        } else if (holders.kind(object) >= 0) {
          byKind[holders.kind(object)] += bytes;
        }
      }
    }
    for (int i = 0; i < kinds.length; i++) {
      int holder = i;
      if (kinds[i] != Holders.OUTSIDE) {
        found.computeIfPresent(
            threads.get(i),
            (thread, finding) -> finding.retaining(byThread[holder], byKind[kinds[holder]]));
      }
    }
  }

  /**
   * Finds out which threads hold which objects. All references count that a program can follow,
   * weak ones included. The own fields of a Thread object count for that thread alone, whoever
   * refers to the object; those of a carrier count for its virtual thread.
   */
  private Holders spread(List<ThreadNode> threads, int[] kinds, IntPredicate isLive) {
    Holders holding = new Holders(scratch.numbers(), kinds);
    Map<ThreadNode, Integer> numbers = new HashMap<>();
    threads.forEach(thread -> numbers.put(thread, numbers.size()));
    for (int i = 0; i < kinds.length; i++) {
      ThreadNode thread = threads.get(i);
      int holder = thread.rider == null ? i : numbers.getOrDefault(thread.rider, i);
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
      long data = dump.data(object);
      for (int i = 0; i < length; i++) {
        to.accept(dump.find(dump.element(data, i)));
      }
    }
  }

  private void follow(int object, int[] offsets, IntConsumer to) {
    long data = dump.data(object);
    for (int offset : offsets) {
      to.accept(dump.find(dump.reference(data + offset)));
    }
  }
}

package io.gb.leaks.proof;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds out who holds each object: nobody, one holder alone, several holders of one kind, holders
 * of several kinds, or somebody outside. An object passes its label, by whom it is held, on to all
 * objects that it refers to. A label only moves forward in that list, so it changes four times at
 * most, and each object is visited four times at most, however many holders there are.
 */
final class Holders {

  /** A graph of objects. */
  interface Graph {

    /** Passes on each object that an object refers to; may pass the same one twice. */
    void successors(int object, IntConsumer to);
  }

  /** The kind of a holder for which nothing is added up: what it holds, no other one retains. */
  static final int OUTSIDE = -1;

  /* Labels: a holder's number from 1; minus one minus the kind for several of a kind; or these. */
  private static final int NOBODY = 0;
  private static final int SEVERAL_KINDS = Integer.MIN_VALUE + 1;
  private static final int SOMEBODY_OUTSIDE = Integer.MIN_VALUE;

  private final int[] labels;
  private final int[] kinds;
  private int[] changed = new int[1024];
  private int size;

  /**
   * Begins with objects that nobody holds.
   *
   * @param labels room for a number for each object; its content is lost
   * @param kinds the kind of each holder, from 0; or {@link #OUTSIDE}
   */
  Holders(int[] labels, int[] kinds) {
    this.labels = labels;
    this.kinds = kinds;
    Arrays.fill(labels, NOBODY);
  }

  /** Says that a holder refers to an object. */
  void hold(int holder, int object) {
    join(object, kinds[holder] == OUTSIDE ? SOMEBODY_OUTSIDE : holder + 1);
  }

  /** Passes all labels on until none changes. */
  void spread(Graph graph) {
    while (size > 0) {
      int object = changed[--size];
      int label = labels[object];
      graph.successors(object, to -> join(to, label));
    }
  }

  private void join(int object, int label) {
    int before = labels[object];
    int after = joined(before, label);
    if (after != before) {
      labels[object] = after;
      if (size == changed.length) {
        changed = Arrays.copyOf(changed, 2 * size);
      }
      changed[size++] = object;
    }
  }

  private int joined(int one, int other) {
    if (one == other || other == NOBODY) {
      return one;
    }
    if (one == NOBODY) {
      return other;
    }
    if (one == SOMEBODY_OUTSIDE || other == SOMEBODY_OUTSIDE) {
      return SOMEBODY_OUTSIDE;
    }
    int kind = kindLabel(one);
    return kind == kindLabel(other) ? kind : SEVERAL_KINDS;
  }

  private int kindLabel(int label) {
    return label > 0 ? -1 - kinds[label - 1] : label;
  }

  /** Whether an object is held, and by nobody outside. */
  boolean isHeld(int object) {
    return labels[object] != NOBODY && labels[object] != SOMEBODY_OUTSIDE;
  }

  /** The only holder of an object, or -1. */
  int holder(int object) {
    return Math.max(labels[object], NOBODY) - 1;
  }

  /** The kind of which several holders hold an object, if nobody else does; or -1. */
  int kind(int object) {
    int label = labels[object];
    return label < NOBODY && label > SEVERAL_KINDS ? -1 - label : -1;
  }
}

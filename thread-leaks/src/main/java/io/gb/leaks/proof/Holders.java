package io.gb.leaks.proof;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds out who holds each object: nobody, one holder alone, several of one group, several groups,
 * or somebody outside all groups. An object passes on by whom it is held to all that it refers to,
 * and that changes four times at most: so each object is visited four times at most, however many
 * holders there are.
 */
final class Holders {

  /** A graph of objects. */
  interface Graph {

    /** Hands over each object that one refers to; none twice is not asked for. */
    void successors(int object, IntConsumer to);
  }

  /** The group of a holder who only takes objects from the others. */
  static final int OUTSIDE = -1;

  private static final int NOBODY = 0;
  private static final int SEVERAL_GROUPS = Integer.MIN_VALUE + 1;
  private static final int SOMEBODY_OUTSIDE = Integer.MIN_VALUE;

  private final int[] labels;
  private final int[] groups;
  private int[] changed = new int[1024];
  private int size;

  /**
   * Prepares it.
   *
   * @param labels room for a number for each object; what is in it is lost
   * @param groups the group of each holder, from 0; or {@link #OUTSIDE}
   */
  Holders(int[] labels, int[] groups) {
    this.labels = labels;
    this.groups = groups;
    Arrays.fill(labels, NOBODY);
  }

  /** Says that a holder holds an object by itself. */
  void hold(int holder, int object) {
    join(object, groups[holder] == OUTSIDE ? SOMEBODY_OUTSIDE : holder + 1);
  }

  /** Finds what follows from that. */
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

  /** A holder is a number above 0, its group one below. */
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
    int group = groupLabel(one);
    return group == groupLabel(other) ? group : SEVERAL_GROUPS;
  }

  private int groupLabel(int label) {
    return label > 0 ? -1 - groups[label - 1] : label;
  }

  /** Whether an object is held by members of groups, and by nobody outside. */
  boolean isHeld(int object) {
    return labels[object] != NOBODY && labels[object] != SOMEBODY_OUTSIDE;
  }

  /** The only one who holds an object, or -1. */
  int holder(int object) {
    return Math.max(labels[object], NOBODY) - 1;
  }

  /** The group of which several hold an object, and nobody else does; or -1. */
  int group(int object) {
    int label = labels[object];
    return label < NOBODY && label > SEVERAL_GROUPS ? -1 - label : -1;
  }
}

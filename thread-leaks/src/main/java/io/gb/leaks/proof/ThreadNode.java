package io.gb.leaks.proof;

import io.gb.leaks.dump.ThreadRecord;
import org.jspecify.annotations.Nullable;

/** A started thread in the graph. Its number is its place in the list of all threads. */
final class ThreadNode {

  final int number;
  final ThreadRecord record;
  final int object;
  final boolean virtual;
  final String state;
  final Waiting waiting;

  /** Why it counts as running, for those that are not blocked. */
  final String note;

  /** The objects through which it can be woken; empty if it is not blocked. */
  final int[] keys;

  /** The object it parks or waits on, or -1. */
  final int blocker;

  /** The thread that owns the monitor at whose entrance it waits. */
  @Nullable ThreadNode owner;

  /** The virtual thread whose frames lie on top of this platform thread's. */
  @Nullable ThreadNode rider;

  /** The other direction of {@link #rider}. */
  @Nullable ThreadNode carrier;

  ThreadNode(
      int number,
      ThreadRecord record,
      int object,
      boolean virtual,
      String state,
      Waiting waiting,
      String note,
      int[] keys,
      int blocker) {
    this.number = number;
    this.record = record;
    this.object = object;
    this.virtual = virtual;
    this.state = state;
    this.waiting = waiting;
    this.note = note;
    this.keys = keys;
    this.blocker = blocker;
  }

  /** Whether it runs again only if something wakes it. */
  boolean isBlocked() {
    return waiting == Waiting.PARKED || waiting == Waiting.MONITOR || waiting == Waiting.ENTRANCE;
  }
}

package io.gb.leaks.proof;

import io.gb.leaks.dump.ThreadRecord;
import org.jspecify.annotations.Nullable;

/** A started thread. Its number is its place in the list of all threads. */
final class ThreadNode {

  final int number;
  final ThreadRecord record;
  final int object;
  final boolean virtual;
  final String state;
  final Waiting waiting;

  /** Why it counts as running; empty if it is blocked. */
  final String note;

  /** The objects through which a program can wake it; empty if it is not blocked. */
  final int[] keys;

  /** The object it parks or waits on, or -1. */
  final int blocker;

  /** The owner of the monitor at whose entrance it waits, if known. */
  @Nullable ThreadNode owner;

  /** The virtual thread that is mounted on this platform thread. */
  @Nullable ThreadNode rider;

  /** The platform thread on which this virtual thread is mounted. */
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

  /** Whether it may be executing Java code. */
  boolean mayRun() {
    return waiting == Waiting.NOT || waiting == Waiting.UNKNOWN;
  }

  /** Whether it runs again only if something wakes it. */
  boolean isBlocked() {
    return waiting == Waiting.PARKED || waiting == Waiting.MONITOR || waiting == Waiting.ENTRANCE;
  }
}

package io.gb.harness.http.loop;

import org.jspecify.annotations.Nullable;

/**
 * The exchanges under way on a loop, in the order of their deadlines. All have the same timeout, so
 * this is the order in which they started: a new one is added at the end, and the first is the next
 * to expire. Each step takes constant time.
 *
 * <p>The loop's thread calls everything.
 */
final class Deadlines {

  private @Nullable LoopConnection first;
  private @Nullable LoopConnection last;

  /** Adds an exchange that starts now. */
  void add(LoopConnection connection) {
    LoopConnection before = last;
    connection.before = before;
    connection.after = null;
    if (before == null) {
      first = connection;
    } else {
      before.after = connection;
    }
    last = connection;
  }

  /** Removes an exchange that has ended. */
  void remove(LoopConnection connection) {
    LoopConnection before = connection.before;
    LoopConnection after = connection.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    connection.before = null;
    connection.after = null;
  }

  /** Returns the exchange that expires next, or null if none is under way. */
  @Nullable LoopConnection first() {
    return first;
  }
}

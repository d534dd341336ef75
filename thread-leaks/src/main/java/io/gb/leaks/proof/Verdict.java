package io.gb.leaks.proof;

/** What is known of a thread. */
public enum Verdict {
  /** Nothing that can still run reaches what could wake it: it never runs again. */
  LEAKED,
  /** As {@link #LEAKED}, but something live holds the thread and could interrupt it. */
  LEAKED_UNLESS_INTERRUPTED,
  /** It runs, or something live can wake it. */
  LIVE,
  /** The clock wakes it. */
  TIMED,
  /** It is in native code, often waiting for input or output. */
  NATIVE_OR_IO,
  /** The dump does not tell; it counts as live. */
  UNKNOWN,
  /** It never runs again, and the user has declared that it need not. */
  BY_DESIGN;

  /** Whether it is a leak that nobody can undo. */
  public boolean isProven() {
    return this == LEAKED;
  }

  /** Whether it is a leak, be it one that an interrupt could undo. */
  public boolean isLeak() {
    return this == LEAKED || this == LEAKED_UNLESS_INTERRUPTED;
  }
}

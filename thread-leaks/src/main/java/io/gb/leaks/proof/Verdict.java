package io.gb.leaks.proof;

/** Whether a thread is leaked. */
public enum Verdict {
  /** No thread that can still run reaches anything that could wake it: it never runs again. */
  LEAKED,
  /**
   * As {@link #LEAKED}, unless compiled code on the stack of a live thread hides a reference that
   * the dump does not show; the reason names that code.
   */
  PROBABLY_LEAKED,
  /** As {@link #LEAKED}, but a live thread can reach the thread and could interrupt it. */
  LEAKED_UNLESS_INTERRUPTED,
  /** It runs, or a live thread can wake it. */
  LIVE,
  /** It waits with a time limit. */
  TIMED,
  /** It is in native code, often waiting for input or output. */
  NATIVE_OR_IO,
  /** It cannot be decided; the thread counts as live. */
  UNKNOWN,
  /** It never runs again, and the user has declared that it is meant to wait for ever. */
  BY_DESIGN;

  /** {@return whether the thread is proven to be leaked} */
  public boolean isProven() {
    return this == LEAKED;
  }

  /** {@return whether nothing that the dump shows can wake the thread} */
  public boolean isForEver() {
    return this == LEAKED || this == PROBABLY_LEAKED;
  }

  /** {@return whether the thread is leaked, probably, or unless an interrupt ends its wait} */
  public boolean isLeak() {
    return isForEver() || this == LEAKED_UNLESS_INTERRUPTED;
  }
}

package io.gb.leaks.proof;

/** What a thread does in a dump. */
enum Waiting {
  /** It runs, or is about to. */
  NOT,
  /** It is in native code. */
  NATIVE,
  /** It waits with a time limit. */
  TIMED,
  /** It is parked without a time limit. */
  PARKED,
  /** It is in Object.wait without a time limit. */
  MONITOR,
  /** It waits at the entrance of a monitor. */
  ENTRANCE,
  /** The dump does not show it. */
  UNKNOWN
}

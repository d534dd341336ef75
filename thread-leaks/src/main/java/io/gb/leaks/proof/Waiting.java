package io.gb.leaks.proof;

/** How a thread was found. */
enum Waiting {
  /** It runs, or is about to. */
  NOT,
  /** In native code. */
  NATIVE,
  /** Until a moment in time, at the latest. */
  TIMED,
  /** In a park without limit. */
  PARKED,
  /** In Object.wait without limit. */
  MONITOR,
  /** At the entrance of a monitor. */
  ENTRANCE,
  /** The dump does not tell. */
  UNKNOWN
}

package io.gb.harness.load;

/** Why a run ended. */
public enum EndReason {
  /** All requests were sent and answered, or failed. */
  FINISHED,
  /** The time limit passed. */
  TIME_LIMIT,
  /** It was cancelled, or the thread that ran it was interrupted. */
  CANCELLED,
  /** Nothing but failures from the start: there is nothing to measure. */
  GAVE_UP,
  /** A response could not be received, and the run was told to stop at that. */
  RECEIVE_ERROR
}

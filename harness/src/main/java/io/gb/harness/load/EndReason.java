package io.gb.harness.load;

/** Why a run ended. */
public enum EndReason {
  /** All requests were sent and answered, or failed. */
  FINISHED,
  /** The time limit passed. */
  TIME_LIMIT,
  /** It was cancelled, or the thread that ran it was interrupted. */
  CANCELLED,
  /** All requests failed from the start, so that there is nothing to measure. */
  GAVE_UP,
  /** A response could not be received, and the configuration says to stop then. */
  RECEIVE_ERROR,
  /** An unexpected error ended a thread of the run, for example because the heap is full. */
  ERROR
}

package io.gb.harness.stats;

/**
 * How far a run has come; a moment's look while it goes on. Immutable.
 *
 * @param completed requests with a complete response
 * @param failed requests without
 */
public record Progress(long completed, long failed) {

  /** Returns how many requests have ended, one way or the other. */
  public long ended() {
    return completed + failed;
  }
}

package io.gb.harness.stats;

/**
 * How far a run has come at one moment. Immutable.
 *
 * @param completed requests with a complete response
 * @param failed requests that failed
 */
public record Progress(long completed, long failed) {

  /** {@return how many requests have ended, completed or failed} */
  public long ended() {
    return completed + failed;
  }
}

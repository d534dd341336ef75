package io.gb.harness.stats;

/**
 * How far a run has come at one moment. Immutable.
 *
 * @param completed requests with a complete response
 * @param failed requests that failed
 * @param nonSuccess complete responses with a status other than 2xx
 */
public record Progress(long completed, long failed, long nonSuccess) {

  /** {@return how many requests have ended, completed or failed} */
  public long ended() {
    return completed + failed;
  }
}

package io.gb.harness.load;

import static io.gb.harness.job.Checks.require;
import static io.gb.harness.job.Checks.requireTime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much load, and when to stop. Immutable.
 *
 * @param requests how many requests to send, at least 1; {@link #UNLIMITED} for as many as the time
 *     limit allows
 * @param timeLimit when to stop at the latest, positive and at most a year; null for no limit
 * @param stopOnReceiveError whether the first failure to receive a response ends the run
 * @param giveUpAfter how many failures before the first success end the run, 0 for never
 */
public record LoadConfig(
    long requests, @Nullable Duration timeLimit, boolean stopOnReceiveError, int giveUpAfter) {

  /** So many requests that only a time limit ends the run. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range; the message names it
   */
  public LoadConfig {
    require(requests >= 1, "requests must be at least 1", requests);
    if (timeLimit != null) {
      requireTime(timeLimit, "time limit");
    }
    require(giveUpAfter >= 0, "giveUpAfter must not be negative", giveUpAfter);
  }
}

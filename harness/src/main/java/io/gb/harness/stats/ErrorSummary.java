package io.gb.harness.stats;

import io.gb.text.ForeignText;

/**
 * The failures of one kind. Immutable.
 *
 * @param count how many, at least 1
 * @param firstNanos when the first was recorded, in nanoseconds since the start of the run
 * @param lastNanos when the last was recorded, likewise
 * @param cause the cause of the first failure
 */
public record ErrorSummary(long count, long firstNanos, long lastNanos, Throwable cause) {

  /** The greatest length of a reason, which may quote a server. */
  private static final int MOST = 200;

  /**
   * {@return why the first request failed, in one line without control characters, because a
   * message may quote what a server sent}
   */
  public String reason() {
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : ForeignText.line(message.lines().findFirst().orElse(""), MOST);
  }

  ErrorSummary plus(ErrorSummary other) {
    return new ErrorSummary(
        count + other.count,
        Math.min(firstNanos, other.firstNanos),
        Math.max(lastNanos, other.lastNanos),
        firstNanos <= other.firstNanos ? cause : other.cause);
  }
}

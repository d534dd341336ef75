package io.gb.harness.http;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a client made of a response: all that engines are compared by.
 *
 * @param error why it failed, or null if it did not
 * @param status the status code, 0 if it failed
 * @param bodyBytes the length of the body, 0 if it failed
 * @param reusable whether the connection may serve another request
 */
record Seen(@Nullable ErrorKind error, int status, long bodyBytes, boolean reusable) {

  static Seen completed(int status, long bodyBytes, boolean reusable) {
    return new Seen(null, status, bodyBytes, reusable);
  }

  static Seen failed(ErrorKind kind) {
    return new Seen(kind, 0, 0, false);
  }

  static Seen of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed completed ->
          completed(completed.status(), completed.bodyBytes(), completed.keptAlive());
      case Outcome.Failed failed -> failed(failed.kind());
    };
  }

  boolean isFailed() {
    return error != null;
  }

  /** Whether nothing differs but what becomes of the connection. */
  boolean equalsButForReuse(Seen other) {
    return error == other.error && status == other.status && bodyBytes == other.bodyBytes;
  }
}

package io.gb.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a run ends. Three variants leave something behind, each in its own way; the others are fixes.
 * They differ in a few lines of {@link WorkerRun#end}.
 */
public enum Variant {

  /** The leak of 2013: the queue is never closed, so the workers wait for ever. */
  UNCLOSED,

  /** Its fix: the queue is closed after the last job, so the workers end. */
  CLOSE,

  /** Each worker gets a job that means the end. Works only with exactly one for each worker. */
  POISON,

  /** The workers are interrupted. Works only if no code catches the interrupt and goes on. */
  INTERRUPT,

  /** Queue, workers and sender are closed by one try-with-resources, in reverse order. */
  STRUCTURED,

  /**
   * Each exchange has a thread of its own, which waits until the worker takes its result. If the
   * worker has stopped waiting by then, no thread ever takes it. The queue is closed, but the
   * threads of these exchanges stay.
   */
  ABANDONED_RESULT,

  /** Its fix: there is room for one result, whether or not the worker takes it. */
  BUFFERED_RESULT,

  /**
   * The queue is closed and the workers end, but the client is not closed: its connections stay
   * open, and the thread that closes idle ones stays alive. The fix of 2013 leaves this half of the
   * leak.
   */
  IDLE_CONNECTIONS,

  /** Its fix: the client is closed after the workers have ended. */
  CLOSED_CONNECTIONS;

  /** {@return the name on the command line: in lower case, with hyphens} */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * {@return the variant with this label, if there is one}
   *
   * @param label the name on the command line
   */
  public static Optional<Variant> of(String label) {
    return Arrays.stream(values()).filter(variant -> variant.label().equals(label)).findFirst();
  }

  /** {@return whether a run leaves something behind} */
  public boolean leaks() {
    return fix() != this;
  }

  /** {@return the fix of this variant; the variant itself if it leaves nothing behind} */
  public Variant fix() {
    return switch (this) {
      case UNCLOSED -> CLOSE;
      case ABANDONED_RESULT -> BUFFERED_RESULT;
      case IDLE_CONNECTIONS -> CLOSED_CONNECTIONS;
      default -> this;
    };
  }

  /** {@return the leak that this variant fixes; the variant itself if it is a leak} */
  public Variant leak() {
    return switch (this) {
      case CLOSE, POISON, INTERRUPT, STRUCTURED -> UNCLOSED;
      case BUFFERED_RESULT -> ABANDONED_RESULT;
      case CLOSED_CONNECTIONS -> IDLE_CONNECTIONS;
      default -> this;
    };
  }
}

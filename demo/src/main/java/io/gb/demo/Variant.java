package io.gb.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a run ends. Three of them leave something behind, each in its own way; the others show what
 * the code should have been. {@link WorkerRun#end} has the few lines in which they differ.
 */
public enum Variant {

  /** The leak of the post: nobody tells the workers that no job will come. They wait for ever. */
  UNCLOSED,

  /** The fix of the post: the queue is closed behind the last job, so the workers end. */
  CLOSE,

  /** Each worker is sent a job that means the end. Works as long as nobody miscounts. */
  POISON,

  /** The workers are interrupted. Works as long as nobody catches it and goes on. */
  INTERRUPT,

  /**
   * Queue, workers and sender are closed by leaving a block, in reverse, whatever happens in it.
   */
  STRUCTURED,

  /**
   * Each exchange has a thread of its own, which hands its result over in person. If the worker has
   * lost patience by then, nobody ever takes it. The queue is closed, and yet threads stay.
   */
  ABANDONED_RESULT,

  /** The fix for it: there is room for one result, whether or not somebody comes for it. */
  BUFFERED_RESULT,

  /**
   * The queue is closed, the workers end, but nobody closes the client: its connections stay open,
   * and so does the thread that looks after them. The post's fix leaves this half of the leak.
   */
  IDLE_CONNECTIONS,

  /** The fix for it: the client is closed behind the workers. */
  CLOSED_CONNECTIONS;

  /** How it is written: in lower case, with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The variant with that label, if there is one. */
  public static Optional<Variant> of(String label) {
    return Arrays.stream(values()).filter(variant -> variant.label().equals(label)).findFirst();
  }

  /** Whether something is left behind when a run has ended. */
  public boolean leaks() {
    return fix() != this;
  }

  /** The variant that mends this one; this one if nothing is wrong with it. */
  public Variant fix() {
    return switch (this) {
      case UNCLOSED -> CLOSE;
      case ABANDONED_RESULT -> BUFFERED_RESULT;
      case IDLE_CONNECTIONS -> CLOSED_CONNECTIONS;
      default -> this;
    };
  }

  /** The variant that this one mends; this one if it is the one that needs it. */
  public Variant leak() {
    return switch (this) {
      case CLOSE, POISON, INTERRUPT, STRUCTURED -> UNCLOSED;
      case BUFFERED_RESULT -> ABANDONED_RESULT;
      case CLOSED_CONNECTIONS -> IDLE_CONNECTIONS;
      default -> this;
    };
  }
}

package io.gb.compare;

/**
 * Something that makes a comparison less than certain.
 *
 * @param kind what it is about
 * @param text one line for the reader, which names the benchmark if it is about one
 */
public record Warning(Kind kind, String text) {

  /** What a warning is about. */
  public enum Kind {
    /** JDK, JVM flags, collector, threads, plan, mode or unit differ. */
    ENVIRONMENT,
    /** A benchmark or metric is on one side only. */
    UNMATCHED,
    /** The same scores are there twice, so that a file seems to count twice. */
    REPEATED,
    /** Too few samples for an interval or for a difference. */
    FEW_SAMPLES,
    /** Iterations stand in for forks. */
    ITERATIONS,
    /** The interval is so wide that little can be said. */
    HUGE_ERROR,
    /** The forks fall into two groups, or some lie far from the others. */
    BIMODAL,
    /** A metric without noise varies between forks. */
    VARIES,
    /** Scores that are no numbers were left out. */
    DROPPED
  }
}

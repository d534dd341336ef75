package io.gb.compare;

import java.util.List;

/**
 * Something that makes a comparison less than certain. Immutable.
 *
 * @param kind what it is about
 * @param what what is said of all that it concerns
 * @param concerned the labels of the benchmarks or rows that it concerns, at least one
 */
public record Warning(Kind kind, String what, List<String> concerned) {

  /** Copies the list. */
  public Warning {
    concerned = List.copyOf(concerned);
  }

  /** Returns one line for the reader, which names the first few that it concerns. */
  public String text() {
    return what + ": " + Names.few(concerned);
  }

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

package io.gb.compare;

import io.gb.compare.text.Names;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A reason why a comparison is less certain. Immutable.
 *
 * @param kind what it is about
 * @param what the reason, without names
 * @param concerned the benchmarks or rows that it concerns, at least one
 */
public record Warning(Kind kind, String what, List<String> concerned) {

  /** Copies the list. */
  public Warning {
    concerned = List.copyOf(concerned);
  }

  /** {@return one line with the reason and the first three benchmarks or rows that it concerns} */
  public String text() {
    return what + ": " + Names.few(concerned);
  }

  /** Collects warnings, one for each text, however many rows it concerns. Not thread-safe. */
  static final class Collector {

    private record Key(Kind kind, String text) {}

    private final Map<Key, Set<String>> labels = new LinkedHashMap<>();

    /** Adds a warning about the row or benchmark with a label. */
    void add(Kind kind, String text, String label) {
      labels.computeIfAbsent(new Key(kind, text), key -> new LinkedHashSet<>()).add(label);
    }

    /** Returns the warnings in the order of their kinds. */
    List<Warning> toList() {
      return labels.entrySet().stream()
          .map(e -> new Warning(e.getKey().kind(), e.getKey().text(), List.copyOf(e.getValue())))
          .sorted((one, other) -> one.kind().compareTo(other.kind()))
          .toList();
    }
  }

  /** What a warning is about. */
  public enum Kind {
    /** JDK, JVM flags, collector, threads, plan, mode or unit differ. */
    ENVIRONMENT,
    /** The same scores appear twice, as if a file was given twice. */
    REPEATED,
    /** There are too few forks for an interval, or to show a difference. */
    FEW_SAMPLES,
    /** There are too few forks, and nothing says how much forks differ: that is assumed. */
    ASSUMED,
    /** An interval is wide. */
    HUGE_ERROR,
    /** The forks form two clusters, or one or two lie far from the others. */
    BIMODAL,
    /** The iterations of a fork still become slower or faster. */
    UNSTEADY,
    /** A metric that should have no noise varies. */
    VARIES,
    /** Scores that are not finite were left out. */
    DROPPED
  }
}

package io.gb.compare;

import io.gb.compare.Row.TableKey;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.measured.Forks;
import java.util.Set;

/**
 * One metric of one benchmark on both sides, before it is judged.
 *
 * @param key the table it belongs to
 * @param id what was measured
 * @param base scores of the base, at least one, in the unit of the table
 * @param contender scores of the contender, likewise
 * @param marks the kinds of warnings that concern the pair; mutable while it is judged
 * @param warnings collects the warnings
 */
record Pair(
    TableKey key,
    BenchmarkId id,
    Forks base,
    Forks contender,
    Set<Warning.Kind> marks,
    Warning.Collector warnings) {

  /** Returns its name in warnings. */
  String label() {
    return id.label() + " " + key.metric();
  }

  /** Adds a warning and marks the pair with its kind. */
  void mark(Warning.Kind kind, String text) {
    marks.add(kind);
    warnings.add(kind, text, label());
  }
}

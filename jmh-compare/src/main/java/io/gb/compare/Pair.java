package io.gb.compare;

import io.gb.compare.Row.TableKey;
import io.gb.compare.jmh.BenchmarkId;
import java.util.List;
import java.util.Set;

/**
 * One metric of one benchmark on both sides, before it is judged.
 *
 * @param key the table it belongs to
 * @param id what was measured
 * @param base scores by fork and iteration, at least one, in the unit of the table
 * @param contender the same of the contender
 * @param marks the kinds of warnings that concern it; grows while it is judged
 */
record Pair(
    TableKey key,
    BenchmarkId id,
    List<double[]> base,
    List<double[]> contender,
    Set<Warning.Kind> marks) {

  /** Names it in warnings. */
  String label() {
    return id.label() + " " + key.metric();
  }

  /** Warns and remembers that a warning concerns this pair. */
  void mark(Warnings warnings, Warning.Kind kind, String text) {
    marks.add(kind);
    warnings.add(kind, text, label());
  }
}

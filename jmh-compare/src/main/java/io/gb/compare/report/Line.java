package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.Unjudged;
import io.gb.compare.Verdict;
import io.gb.compare.measured.Unit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A line of a table in the reports for people: a row, or what one side alone has.
 *
 * @param label benchmark and parameters, without the package that all share
 * @param cells what the line says
 * @param row the row; nothing if only one side has been measured
 */
record Line(String label, Cells cells, Optional<Row> row) {

  private static final Set<Verdict> CHANGES =
      EnumSet.of(Verdict.FASTER, Verdict.SLOWER, Verdict.LESS, Verdict.MORE);

  static Line of(Row row, Comparison comparison, Notes notes) {
    return new Line(
        notes.shortened(row.id().label()), Cells.of(row, comparison, notes), Optional.of(row));
  }

  static Line of(Unjudged one, Notes notes) {
    return new Line(notes.shortened(one.id().label()), Cells.of(one), Optional.empty());
  }

  /** Whether a change is shown that counts, or a benchmark came or went. */
  boolean isChange() {
    return row.isEmpty() || CHANGES.contains(row.get().verdict());
  }

  /**
   * Returns the class of its colour: {@code better}, {@code worse}, {@code plain} or, if nothing is
   * shown, {@code faint}.
   */
  String colour() {
    if (row.isEmpty()) {
      return "plain";
    }
    boolean lowerIsBetter = row.get().key().unit().direction() == Unit.Direction.LOWER;
    return switch (row.get().verdict()) {
      case FASTER -> "better";
      case SLOWER -> "worse";
      case LESS -> lowerIsBetter ? "better" : "plain";
      case MORE -> lowerIsBetter ? "worse" : "plain";
      case SAME, BELOW_FLOOR -> "plain";
      case NOT_SHOWN -> "faint";
    };
  }
}

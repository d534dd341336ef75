package io.gb.compare;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * What came of a comparison. Immutable.
 *
 * @param base name of the base
 * @param contenders names of the sides that were compared with it
 * @param settings how it was judged
 * @param rows table by table, each in the order asked for
 * @param geomeans over tables of two rows or more
 * @param warnings what makes it less than certain, by kind
 */
public record Comparison(
    String base,
    List<String> contenders,
    Settings settings,
    List<Row> rows,
    List<Geomean> geomeans,
    List<Warning> warnings) {

  /** Copies the lists. */
  public Comparison {
    contenders = List.copyOf(contenders);
    rows = List.copyOf(rows);
    geomeans = List.copyOf(geomeans);
    warnings = List.copyOf(warnings);
  }

  /**
   * Compares sides with a base. Holm's correction spans the rows of all contenders.
   *
   * @param base what to compare with
   * @param contenders at least one
   * @param selection which rows, and their order
   * @param settings how to judge
   */
  public static Comparison of(
      Side base, List<Side> contenders, Selection selection, Settings settings) {
    return new Comparer(base, contenders, selection, settings).compare();
  }

  /** Returns the rows of each table, in order. */
  public List<List<Row>> tables() {
    return List.copyOf(
        rows.stream().collect(groupingBy(Row::key, LinkedHashMap::new, toList())).values());
  }
}

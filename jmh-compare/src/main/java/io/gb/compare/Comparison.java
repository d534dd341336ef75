package io.gb.compare;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * The result of a comparison. Immutable.
 *
 * @param base name of the base
 * @param contenders names of the sides that were compared with it
 * @param settings how changes were judged
 * @param rows table by table, each in the order of the selection
 * @param geomeans one for each table with two rows or more to take the mean of
 * @param unjudged metrics that could not be compared
 * @param warnings what makes the comparison less certain, by kind
 */
public record Comparison(
    String base,
    List<String> contenders,
    Settings settings,
    List<Row> rows,
    List<Geomean> geomeans,
    List<Unjudged> unjudged,
    List<Warning> warnings) {

  /** Copies the lists. */
  public Comparison {
    contenders = List.copyOf(contenders);
    rows = List.copyOf(rows);
    geomeans = List.copyOf(geomeans);
    unjudged = List.copyOf(unjudged);
    warnings = List.copyOf(warnings);
  }

  /**
   * Compares sides with a base, without earlier results.
   *
   * @param base the side to compare with
   * @param contenders at least one side, each with a name of its own
   * @param selection which rows to compare, and their order
   * @param settings how to judge changes
   * @return the comparison, which may have no rows
   * @throws IllegalArgumentException if there is no contender, or two have the same name
   */
  public static Comparison of(
      Side base, List<Side> contenders, Selection selection, Settings settings) {
    return of(base, contenders, selection, settings, List.of());
  }

  /**
   * Compares sides with a base. Holm's correction is over the rows of all contenders: over those of
   * the primary metrics, and separately over all others.
   *
   * @param base the side to compare with
   * @param contenders at least one side, each with a name of its own
   * @param selection which rows to compare, and their order
   * @param settings how to judge changes
   * @param history earlier results, a side for each run, which show how much benchmarks differ from
   *     run to run; may be empty
   * @return the comparison, which may have no rows
   * @throws IllegalArgumentException if there is no contender, or two have the same name
   */
  public static Comparison of(
      Side base,
      List<Side> contenders,
      Selection selection,
      Settings settings,
      List<Side> history) {
    if (contenders.isEmpty()) {
      throw new IllegalArgumentException("no contender to compare with " + base.name());
    }
    Set<String> names = new HashSet<>();
    for (Side contender : contenders) {
      if (!names.add(contender.name())) {
        throw new IllegalArgumentException("two contenders are called " + contender.name());
      }
    }
    Warning.Collector warnings = new Warning.Collector();
    Pairing pairing = new Pairing(selection, settings.confidence(), warnings);
    contenders.forEach(contender -> pairing.add(base, contender));
    List<Row> rows =
        inOrder(new Judge(settings, new History(history)).judge(pairing.pairs()), selection);
    return new Comparison(
        base.name(),
        contenders.stream().map(Side::name).toList(),
        settings,
        rows,
        Geomean.of(rows),
        pairing.unjudged(),
        warnings.toList());
  }

  private static List<Row> inOrder(List<Row> rows, Selection selection) {
    return tables(rows).stream()
        .flatMap(table -> table.stream().sorted(selection.comparator()))
        .toList();
  }

  private static Collection<List<Row>> tables(List<Row> rows) {
    return rows.stream().collect(groupingBy(Row::key, LinkedHashMap::new, toList())).values();
  }

  /** {@return the rows of each table, at least one per table} */
  public List<List<Row>> tables() {
    return List.copyOf(tables(rows));
  }
}

package io.gb.compare.limit;

import io.gb.compare.jmh.JmhResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A limit for a metric of one result: at most, at least or exactly an amount, or a multiple of what
 * another benchmark in the same file has. Immutable.
 *
 * <pre>
 * gc.alloc.rate.norm of Codec.encode &lt;= 64 B/op; see docs/allocation.md
 * time of Codec.encode(kind=NEW) &lt;= 1.1 x Codec.encode(kind=OLD)
 * </pre>
 *
 * <p>A floor, {@code <= 64 B/op, 8 B}, is the largest difference that does not count; without one,
 * it is 4 bytes for bytes, as for gates, and else 0. It does not apply to multiples with {@code >=}
 * or {@code ==}.
 *
 * <p>A benchmark is named by the last parts of its full name and by those of its parameters that
 * matter. {@code time} stands for the primary metric in every mode, as time.
 */
public final class Budget {

  private final Limit limit;

  private Budget(Limit limit) {
    this.limit = limit;
  }

  /**
   * Reads a budget: {@code metric of benchmark[(param=value,...)] <=|>=|== amount [, floor] [; see
   * where]}; the amount is a number with its unit, or {@code number x
   * benchmark[(param=value,...)]}.
   *
   * @param text a budget as above
   * @return the budget
   * @throws IllegalArgumentException if the text is no budget; the message does not repeat it
   */
  public static Budget parse(String text) {
    return Limit.parse(text)
        .filter(Budget::isBudget)
        .map(Budget::new)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "not a budget such as gc.alloc.rate.norm of Codec.encode <= 64 B/op, or time of"
                    + " Codec.encode(kind=NEW) <= 1.1 x Codec.encode(kind=OLD)"));
  }

  private static boolean isBudget(Limit limit) {
    return limit.benchmark().isPresent()
        && !limit.amount().isShare()
        && !limit.mustBeShown()
        && limit.filter().pattern().isEmpty();
  }

  /**
   * Reads a file with one budget per line; empty lines and lines that begin with {@code #} are
   * skipped.
   *
   * @param file a text file in UTF-8
   * @return at least one budget, in the order of the file
   * @throws IllegalArgumentException if a line is no budget or repeats another, or if there is
   *     none; the message names file and line
   * @throws IOException if the file cannot be read; the message names it
   */
  public static List<Budget> readFile(Path file) throws IOException {
    return LimitFile.read(file, "budget", (place, line) -> parse(line), Budget::text);
  }

  /**
   * Holds results to this budget.
   *
   * @param results of one file; the same benchmark twice stands for further forks
   * @return a result for each benchmark that the budget limits; a single undecided one if there is
   *     none
   */
  public List<BudgetResult> judge(List<JmhResult> results) {
    return new BudgetJudge(limit, results).judge();
  }

  /** {@return the budget as written, without where to look} */
  public String text() {
    return limit.text();
  }
}

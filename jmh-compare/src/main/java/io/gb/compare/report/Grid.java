package io.gb.compare.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lines of cells that are padded to the width of their column. */
final class Grid {

  private static final String GAP = "  ";

  private final String alignment;
  private final UnaryOperator<String> spelling;
  private final List<List<String>> lines = new ArrayList<>();

  /**
   * Creates an empty grid.
   *
   * @param alignment a letter for each column: {@code l} for left or {@code r} for right
   * @param spelling changes the text of each cell
   */
  Grid(String alignment, UnaryOperator<String> spelling) {
    this.alignment = alignment;
    this.spelling = spelling;
  }

  void add(String... cells) {
    if (cells.length != alignment.length()) {
      throw new IllegalArgumentException(cells.length + " cells for " + alignment);
    }
    lines.add(Arrays.stream(cells).map(spelling).toList());
  }

  /** Appends the lines without trailing blanks; empty columns are left out. */
  void appendTo(StringBuilder text) {
    int[] widths = new int[alignment.length()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(line.get(i)));
      }
    }
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] > 0) {
          String blanks = " ".repeat(widths[i] - width(line.get(i)));
          boolean right = alignment.charAt(i) == 'r';
          padded.append(right ? blanks + line.get(i) : line.get(i) + blanks).append(GAP);
        }
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}

package io.gb.text;

import java.util.regex.Pattern;

/**
 * Makes text that others wrote safe to show. A name of a thread or a server's answer may hold
 * escape sequences that a terminal obeys, line breaks that forge a line of the report, marks that
 * reverse the direction of what follows, markup or a formula. Each method returns text in which
 * none of that takes effect and in which the characters that were there can still be recognized.
 *
 * <p>All methods are pure and thread-safe.
 */
public final class ForeignText {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final Pattern BACKTICKS = Pattern.compile("`+");

  private ForeignText() {}

  /**
   * Returns the text as one line of a report or message. Control characters, line breaks, marks of
   * direction and unpaired surrogates are written as in Java source: {@code \n}, {@code \u001b}.
   */
  public static String line(String text) {
    return escape(text, false);
  }

  /**
   * As {@link #line(String)}, of bounded length: a longer text is cut and ends with an ellipsis.
   *
   * @param most the greatest length of what is returned, in UTF-16 units, at least 1
   */
  public static String line(String text, int most) {
    // An escaped character takes more room than it had, never less.
    String begin = text.length() > most ? text.substring(0, most + 1) : text;
    String line = line(begin);
    if (line.length() <= most && begin.length() == text.length()) {
      return line;
    }
    int end = most - 1;
    boolean splitsPair = end > 0 && Character.isHighSurrogate(line.charAt(end - 1));
    return line.substring(0, splitsPair ? end - 1 : end) + "…";
  }

  /** As {@link #line(String)} for text of several lines: line feeds and tabs stay as they are. */
  public static String lines(String text) {
    return escape(text, true);
  }

  /** Returns the text for an element or a quoted attribute of HTML or XML. */
  public static String html(String text) {
    return line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * Returns the text as a code span of Markdown, in a table too: there neither markup nor links nor
   * mentions of people and issues take effect. Empty text stays empty.
   */
  public static String markdown(String text) {
    if (text.isEmpty()) {
      return "";
    }
    int longest =
        BACKTICKS.matcher(text).results().mapToInt(run -> run.end() - run.start()).max().orElse(0);
    String fence = "`".repeat(longest + 1);
    String pad = longest > 0 || text.isBlank() ? " " : "";
    return fence + pad + line(text).replace("|", "\\|") + pad + fence;
  }

  /**
   * Returns the text as a cell of a CSV file, RFC 4180, in quotes where it needs them. A text that
   * a spreadsheet would take for a formula begins with an apostrophe.
   */
  public static String csv(String text) {
    String cell = line(text);
    if (!cell.isEmpty() && "=+-@".indexOf(cell.charAt(0)) >= 0) {
      cell = "'" + cell;
    }
    boolean quoted = cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0;
    return quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  private static String escape(String text, boolean severalLines) {
    if (text.chars().allMatch(letter -> letter >= ' ' && letter < 0x7F)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(letter -> {
          if ((severalLines && (letter == '\n' || letter == '\t')) || !isObeyed(letter)) {
            shown.appendCodePoint(letter);
          } else {
            switch (letter) {
              case '\n' -> shown.append("\\n");
              case '\r' -> shown.append("\\r");
              case '\t' -> shown.append("\\t");
              default -> {
                for (char unit : Character.toChars(letter)) {
                  shown.append(String.format("\\u%04x", (int) unit));
                }
              }
            }
          }
        });
    return shown.toString();
  }

  /** Joiners shape letters and pictures, and move nothing. */
  private static boolean isObeyed(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> letter != ZERO_WIDTH_JOINER && letter != ZERO_WIDTH_NON_JOINER;
      default -> false;
    };
  }
}

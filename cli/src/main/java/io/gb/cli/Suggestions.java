package io.gb.cli;

import io.gb.cli.command.CommandException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;

/** Recognizes words that were meant as a command of gb, and says what to type instead. */
final class Suggestions {

  /** No URL: that has a slash before its path. */
  private static final Pattern WORD = Pattern.compile("[a-zA-Z]+");

  private static final int MOST_TYPOS = 2;

  /** Commands of other tools, and what they are called here. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "help", "gb -h",
          "version", "gb -V",
          "bench", "gb [options] URL",
          "benchmark", "gb [options] URL",
          "load", "gb [options] URL",
          "attack", "gb [options] URL",
          "get", "gb [options] URL",
          "run", "gb compare run, or gb [options] URL");

  private Suggestions() {}

  /**
   * Refuses a word that is close to the name of a command, or that is a command of other tools.
   *
   * @param first the first argument, which names no command
   * @param commands the names of all commands
   * @throws CommandException if it is such a word
   */
  static void check(String first, Collection<String> commands) {
    if (!WORD.matcher(first).matches()) {
      return;
    }
    String instead = INSTEAD.get(first);
    if (instead == null) {
      instead =
          commands.stream()
              .filter(command -> typos(first, command) <= MOST_TYPOS)
              .min(Comparator.comparingInt(command -> typos(first, command)))
              .map(command -> "gb " + command)
              .orElse(null);
    }
    if (instead != null) {
      throw CommandException.usage(
          first + ": no such command; did you mean " + instead + "? gb -h lists the commands");
    }
  }

  /** Levenshtein's distance: letters to insert, delete or replace. */
  private static int typos(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      int diagonal = 0;
      for (int j = 0; j <= to.length(); j++) {
        int above = row[j];
        if (i == 0 || j == 0) {
          row[j] = i + j;
        } else {
          int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
          row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        }
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}

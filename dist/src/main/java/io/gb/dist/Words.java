package io.gb.dist;

import static java.util.stream.Collectors.joining;

import io.gb.cli.command.Command;
import io.gb.cli.command.OptionTable;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the completions of all shells need. */
final class Words {

  private Words() {}

  /** The names of a command behind {@code gb}: one, two with a space between, or none. */
  static String of(Command command) {
    return command.name().replaceFirst("^gb ?", "");
  }

  /** The first words that name a command. */
  static List<String> firstWords(List<Command> commands) {
    return commands.stream().map(Words::of).filter(word -> word.matches("[^ ]+")).toList();
  }

  /** The second words of the commands that have two, by their first. */
  static Stream<String> secondWords(List<Command> commands, String first) {
    return commands.stream()
        .map(Words::of)
        .filter(words -> words.startsWith(first + " "))
        .map(words -> words.substring(first.length() + 1));
  }

  /** The names of the options that the predicate takes, with spaces between. */
  static String options(Command command, Predicate<OptionTable.Row> which) {
    return command.options().rows().stream()
        .filter(which)
        .flatMap(row -> row.names().stream())
        .collect(joining(" "));
  }

  /** Whether a file or folder is what the option takes. */
  static boolean takesFile(OptionTable.Row row) {
    return (row.names() + row.label()).matches(".*(file|jar|directory).*");
  }

  /** The help on one line. */
  static String help(OptionTable.Row row) {
    return String.join(" ", row.help());
  }
}

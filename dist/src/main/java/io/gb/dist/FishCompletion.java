package io.gb.dist;

import static java.util.stream.Collectors.joining;

import io.gb.cli.command.Command;
import io.gb.cli.command.OptionTable;
import java.util.List;

/** The completion for fish. */
final class FishCompletion {

  private FishCompletion() {}

  static String of(List<Command> commands) {
    String first = String.join(" ", Words.firstWords(commands));
    String pairs =
        commands.stream()
            .map(Words::of)
            .filter(words -> words.contains(" "))
            .map(words -> "'" + words + "'")
            .collect(joining(" "));
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # fish completion for gb
        function __gb_command
          set -l words (commandline -opc)
          if contains -- "$words[2] $words[3]" %s
            echo "$words[2] $words[3]"
          else if contains -- "$words[2]" %s
            echo $words[2]
          end
        end
        function __gb_is
          test "$(__gb_command)" = "$argv[1]"
        end
        complete -c gb -n 'test (count (commandline -opc)) -eq 1' -a '%s'
        """
            .formatted(pairs, first, first));
    for (Command command : commands) {
      String words = Words.of(command);
      String condition = "complete -c gb -n '__gb_is \"" + words + "\"'";
      Words.secondWords(commands, words)
          .forEach(second -> text.append(condition + " -a '" + second + "'\n"));
      command.options().rows().forEach(row -> text.append(condition + option(row) + "\n"));
    }
    return text.toString();
  }

  private static String option(OptionTable.Row row) {
    String names =
        row.names().stream()
            .map(name ->
                name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
            .collect(joining());
    String value = row.isFlag() ? "" : Words.takesFile(row) ? " -r -F" : " -x";
    return names
        + value
        + " -d '"
        + Words.help(row).replace("\\", "\\\\").replace("'", "\\'")
        + "'";
  }
}

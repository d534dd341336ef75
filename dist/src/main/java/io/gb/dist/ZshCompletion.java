package io.gb.dist;

import static java.util.stream.Collectors.joining;

import io.gb.cli.command.Command;
import io.gb.cli.command.OptionTable;
import java.util.List;

/** The completion for zsh, as a function that zsh loads from its path of functions. */
final class ZshCompletion {

  private ZshCompletion() {}

  static String of(List<Command> commands) {
    String cases =
        commands.stream()
            .skip(1)
            .map(command -> entry(Words.of(command), command))
            .collect(joining());
    String pairs =
        commands.stream()
            .map(Words::of)
            .filter(words -> words.contains(" "))
            .map(words -> "  '" + words + "') command='" + words + "' ;;\n")
            .collect(joining());
    return """
    #compdef gb
    local command=''
    local -a first=(%s) more=()
    if ((CURRENT == 2)); then
      more=($first)
    elif [[ -n ${first[(r)$words[2]]} ]]; then
      command=$words[2]
      ((CURRENT == 3)) && case $command in
    %s  esac
    fi
    ((CURRENT > 3)) && case "$command $words[3]" in
    %sesac
    _gb_arguments() {
      compadd -a more
      _files
    }
    case $command in
    %s%sesac
    """
        .formatted(
            String.join(" ", Words.firstWords(commands)),
            seconds(commands),
            pairs,
            cases,
            entry("", commands.getFirst()));
  }

  private static String seconds(List<Command> commands) {
    return Words.firstWords(commands).stream()
        .map(first -> {
          String words = Words.secondWords(commands, first).collect(joining(" "));
          return words.isEmpty() ? "" : "    " + first + ") more=(" + words + ") ;;\n";
        })
        .collect(joining());
  }

  private static String entry(String words, Command command) {
    String options =
        command.options().rows().stream().map(ZshCompletion::specifications).collect(joining());
    return "  '"
        + words
        + "')\n    _arguments -s \\\n"
        + options
        + "      '*: :_gb_arguments'\n    ;;\n";
  }

  private static String specifications(OptionTable.Row row) {
    String help = escaped(Words.help(row)).replace("[", "\\[").replace("]", "\\]");
    String value =
        row.isFlag()
            ? ""
            : ":" + escaped(row.label()) + ":" + (Words.takesFile(row) ? "_files" : "");
    return row.names().stream()
        .map(name -> "      '*" + name + "[" + help + "]" + value + "' \\\n")
        .collect(joining());
  }

  /** For a specification in single quotes. */
  private static String escaped(String plain) {
    return plain.replace("\\", "\\\\").replace("'", "'\\''").replace(":", "\\:");
  }
}

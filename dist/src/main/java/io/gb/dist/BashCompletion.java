package io.gb.dist;

import static java.util.stream.Collectors.joining;

import io.gb.cli.command.Command;
import java.util.List;

/** The completion for bash; it needs nothing of the package bash-completion. */
final class BashCompletion {

  private BashCompletion() {}

  static String of(List<Command> commands) {
    String cases =
        commands.stream()
            .skip(1)
            .map(command -> entry("'" + Words.of(command) + "'", command))
            .collect(joining());
    return """
    # bash completion for gb
    _gb() {
      local cur=${COMP_WORDS[COMP_CWORD]} prev='' command='' options files values more=''
      local first='%s'
      COMPREPLY=()
      if ((COMP_CWORD > 1)); then
        prev=${COMP_WORDS[COMP_CWORD - 1]}
        [[ " $first " == *" ${COMP_WORDS[1]} "* ]] && command=${COMP_WORDS[1]}
      else
        more=$first
      fi
      case "$command" in
    %s  esac
      case "$command ${COMP_WORDS[2]}" in
    %s  esac
      case "$command" in
    %s%s  esac
      if [[ " $files " == *" $prev "* ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      elif [[ " $values " == *" $prev "* ]]; then
        COMPREPLY=()
      elif [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
      else
        mapfile -t COMPREPLY < <(compgen -W "$more" -- "$cur"; compgen -f -- "$cur")
      fi
    }
    complete -o filenames -F _gb gb
    """
        .formatted(
            String.join(" ", Words.firstWords(commands)),
            seconds(commands),
            pairs(commands),
            cases,
            entry("*", commands.getFirst()));
  }

  /** Offers the second words behind the first. */
  private static String seconds(List<Command> commands) {
    return Words.firstWords(commands).stream()
        .map(first -> {
          String words = Words.secondWords(commands, first).collect(joining(" "));
          return words.isEmpty()
              ? ""
              : "    " + first + ") ((COMP_CWORD == 2)) && more='" + words + "' ;;\n";
        })
        .collect(joining());
  }

  /** Takes both words as the command once both have been typed. */
  private static String pairs(List<Command> commands) {
    return commands.stream()
        .map(Words::of)
        .filter(words -> words.contains(" "))
        .map(words -> "    '" + words + "') ((COMP_CWORD > 2)) && command='" + words + "' ;;\n")
        .collect(joining());
  }

  private static String entry(String pattern, Command command) {
    return """
        %s)
          options='%s'
          files='%s'
          values='%s'
          ;;
    """
        .formatted(
            pattern,
            Words.options(command, row -> true),
            Words.options(command, Words::takesFile),
            Words.options(command, row -> !row.isFlag() && !Words.takesFile(row)));
  }
}

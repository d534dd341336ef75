package io.gb.cli.command;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** The exit codes of all commands. */
public enum ExitCode {
  /** The command ran to its end. */
  OK(0, "ran to its end; failed requests do not matter, unless all have failed"),
  /** The command could not start or finish its work, or no request succeeded. */
  FAILED(1, "could not run or go on; the message says why"),
  /** A comparison missed one of its gates, or a result one of its budgets. */
  GATE_MISSED(3, "gb compare, gb check: a gate or budget was missed"),
  /** At least one thread is proven to be leaked. */
  LEAK(4, "a thread is proven to be leaked"),
  /** A leak is probable but not proven, or a gate or budget not judged: someone must look. */
  UNDECIDED(5, "could not be decided: a probable leak, a gate or a budget"),
  /** The arguments are wrong; the code that ab uses. */
  USAGE(22, "wrong usage; the message names the option and the value"),
  /** Ended by SIGHUP; the JVM itself exits with 128 plus the number of the signal. */
  HUNG_UP(129, "ended by SIGHUP; a run reports what it measured until then"),
  /** Ended by SIGINT. */
  INTERRUPTED(130, "interrupted by SIGINT or Ctrl-C; a run reports likewise"),
  /** The reader of standard output has closed its pipe, as {@code head} does. */
  OUTPUT_CLOSED(141, "the reader of standard output ended first, as head does"),
  /** Ended by SIGTERM; the JVM itself exits with it. */
  TERMINATED(143, "ended by SIGTERM; a run reports likewise");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The code of the process, 0 to 255. */
  public int code() {
    return code;
  }

  /** What it means, as the help says it; no full stop. */
  public String meaning() {
    return meaning;
  }

  /** All codes with their meanings, one indented line each. */
  public static String help() {
    return Arrays.stream(values())
        .map(exit -> String.format("  %-5s %s\n", exit.code, exit.meaning))
        .collect(joining());
  }
}

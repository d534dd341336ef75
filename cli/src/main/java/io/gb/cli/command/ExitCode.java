package io.gb.cli.command;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** How the command can end. */
public enum ExitCode {
  /** Ran to its end, and not every request failed. */
  OK(0, "ran to its end; failed requests do not matter, unless all have failed"),
  /** Could not run or go on. */
  FAILED(1, "could not run or go on; the message says why"),
  /** A gate of a comparison was missed. */
  GATE_MISSED(3, "gb compare: a gate was missed"),
  /** A thread was proven to be leaked. */
  LEAK(4, "a thread is proven to be leaked"),
  /** Wrong usage; ab's code. */
  USAGE(22, "wrong usage; the message names the option and the value"),
  /** Interrupted; 128 and the number of SIGINT, which is what the JVM exits with. */
  INTERRUPTED(130, "interrupted; a run reports what it measured until then");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }

  /** What each code means, one line each. */
  public static String help() {
    return Arrays.stream(values())
        .map(exit -> String.format("  %-5s %s\n", exit.code, exit.meaning))
        .collect(joining());
  }
}

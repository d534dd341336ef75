package io.gb.cli.command;

import java.io.PrintStream;

/**
 * Where a command prints. Nothing below {@code cli} prints.
 *
 * @param out standard output, for results alone
 * @param err standard error, for messages and progress
 * @param terminal whether standard error is a terminal, where progress may overwrite its line
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {

  /** Prints a message as one line on standard error, with {@code gb: } before it. */
  public void error(String message) {
    err.println("gb: " + message);
  }
}

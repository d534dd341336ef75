package io.gb.cli.command;

import java.io.PrintStream;

/**
 * Where the command prints: results to out, everything else to err.
 *
 * @param out standard output
 * @param err standard error
 * @param terminal whether err is a terminal, fit for a progress bar
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {

  /** Prints one line that explains why the command ends. */
  public void error(String message) {
    err.println("gb: " + message);
  }
}

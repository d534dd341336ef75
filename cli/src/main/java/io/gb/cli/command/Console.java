package io.gb.cli.command;

import io.gb.text.ForeignText;
import java.io.PrintStream;

/**
 * Where a command prints. Nothing below {@code cli} prints.
 *
 * @param out standard output, for results alone
 * @param err standard error, for messages and progress
 * @param terminal whether standard error is a terminal, where progress may overwrite its line
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {

  /**
   * Prints a message as one line on standard error, with {@code gb: } before it. What it quotes of
   * others' text is shown, not obeyed.
   */
  public void error(String message) {
    err.println("gb: " + ForeignText.line(message));
  }
}

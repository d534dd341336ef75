package io.gb.cli.command;

import io.gb.text.ForeignText;
import java.io.PrintStream;
import java.util.regex.Pattern;

/**
 * Where a command prints. Nothing below {@code cli} prints.
 *
 * @param out standard output, for results alone
 * @param err standard error, for messages and progress
 * @param columns the width of the terminal that standard error is, where progress may overwrite its
 *     line; 0 if it is none
 * @param hurry keeps writers to {@code err} from waiting for its reader
 */
public record Console(PrintStream out, PrintStream err, int columns, Runnable hurry) {

  private static final int USUAL_COLUMNS = 80;

  /** User and password in a URL. */
  private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/?#\\s]*@");

  /**
   * A console whose {@code err} never keeps a writer waiting.
   *
   * @param out standard output
   * @param err standard error
   * @param terminal whether standard error is a terminal, of the usual width
   */
  public Console(PrintStream out, PrintStream err, boolean terminal) {
    this(out, err, terminal ? USUAL_COLUMNS : 0, () -> {});
  }

  /** Whether standard error is a terminal. */
  public boolean terminal() {
    return columns > 0;
  }

  /**
   * Prints a message as one line on standard error, with {@code gb: } before it. What it quotes of
   * others' text is shown, not obeyed; of a URL, user and password are left out.
   */
  public void error(String message) {
    err.println("gb: " + USER_INFO.matcher(ForeignText.line(message)).replaceAll("***@"));
  }
}

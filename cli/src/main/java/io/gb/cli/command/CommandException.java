package io.gb.cli.command;

/** Ends the command with one line on standard error and an exit code. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Wrong usage; the message names the option and the value. */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** Right usage that could not be carried out. */
  public static CommandException failed(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}

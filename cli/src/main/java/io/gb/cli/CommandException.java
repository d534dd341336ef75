package io.gb.cli;

/** Ends the command with one line on standard error and an exit code. */
final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Wrong usage; the message names the option and the value. */
  static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** Right usage that could not be carried out. */
  static CommandException failed(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  ExitCode exitCode() {
    return exitCode;
  }
}

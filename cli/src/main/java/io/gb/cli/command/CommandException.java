package io.gb.cli.command;

/**
 * Ends the command with one line on standard error and an exit code. The message does not begin
 * with {@code gb:}, which {@link Console#error} adds.
 */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /**
   * The arguments are wrong: {@link ExitCode#USAGE}.
   *
   * @param message one line that names the option, its value and, where there is one, the remedy
   */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /**
   * The arguments are right, but the command could not do its work: {@link ExitCode#FAILED}.
   *
   * @param message one line that names the cause
   */
  public static CommandException failed(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  /** The code to exit with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}

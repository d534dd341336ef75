package io.gb.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point of the command {@code gb}. */
public final class Main {

  /** Set by the launcher, because Java cannot ask whether standard error is a terminal. */
  private static final String TERMINAL_PROPERTY = "gb.terminal";

  private Main() {}

  /**
   * Runs the command and exits with its code.
   *
   * @param args the arguments as typed
   */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /**
   * Runs the command.
   *
   * @param args the arguments as typed
   * @param out where results go
   * @param err where everything else goes
   * @return the exit code
   */
  static int run(String[] args, PrintStream out, PrintStream err) {
    Console console = new Console(out, err, Boolean.getBoolean(TERMINAL_PROPERTY));
    CommandLine command = new CommandLine(new BenchmarkCommand(console));
    command.addSubcommand(new ServeCommand(console));
    command
        .setOut(new PrintWriter(out, true, out.charset()))
        .setErr(new PrintWriter(err, true, err.charset()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setParameterExceptionHandler((e, arguments) -> {
          console.error(explain(e) + "; gb -h lists the options");
          return ExitCode.USAGE.code();
        })
        .setExecutionExceptionHandler((e, commandLine, parsed) -> {
          if (e instanceof CommandException expected) {
            console.error(Messages.of(expected));
            return expected.exitCode().code();
          }
          console.error("internal error: " + e);
          e.printStackTrace(err);
          return ExitCode.FAILED.code();
        });
    int code = command.execute(args);
    out.flush();
    err.flush();
    return code;
  }

  /** One line that names the option as it is usually typed, and the value. */
  private static String explain(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      return first.startsWith("-")
          ? "unknown option: " + first
          : "unexpected argument: " + first + "; a run has one URL";
    }
    if (e.getArgSpec() instanceof OptionSpec option) {
      String name = option.shortestName();
      if (e instanceof MissingParameterException) {
        return name + ": needs a value, " + option.paramLabel();
      }
      if (e.getValue() != null && e.getCause() instanceof TypeConversionException bad) {
        return name + " " + e.getValue() + ": " + Messages.of(bad);
      }
      if (e.getValue() != null) {
        return name + " " + e.getValue() + ": not a valid " + option.paramLabel();
      }
    }
    return Messages.of(e);
  }
}

package io.gb.cli;

import static java.util.stream.Collectors.joining;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
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
    return run(args, new Console(out, err, Boolean.getBoolean(TERMINAL_PROPERTY)));
  }

  static int run(String[] args, Console console) {
    int code = commandLine(console).execute(args);
    console.out().flush();
    console.err().flush();
    return code;
  }

  static CommandLine commandLine(Console console) {
    // As with getopt, a later option overrides an earlier one; picocli would warn about that.
    CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    CommandLine command = new CommandLine(new BenchmarkCommand(console));
    command.getCommandSpec().usageMessage().exitCodeList(ExitCode.meanings());
    command
        .addSubcommand(new ServeCommand(console))
        .setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setOverwrittenOptionsAllowed(true)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setParameterExceptionHandler((e, arguments) -> {
          String name = e.getCommandLine().getCommandSpec().qualifiedName();
          console.error(explain(e) + "; " + name + " -h lists the options");
          return ExitCode.USAGE.code();
        })
        .setExecutionExceptionHandler((e, commandLine, parsed) -> {
          if (e instanceof CommandException expected) {
            console.error(Messages.of(expected));
            return expected.exitCode().code();
          }
          console.error("internal error: " + e);
          e.printStackTrace(console.err());
          return ExitCode.FAILED.code();
        });
    return command;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /** One line that names the option as it is usually typed, and the value. */
  private static String explain(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      return first.startsWith("-")
          ? "unknown option: " + first
          : "unexpected argument: " + first + "; a run has one URL";
    }
    if (e instanceof MissingParameterException missing
        && missing.getMissing().getFirst() instanceof OptionSpec option) {
      return option.shortestName() + ": needs a value, " + option.paramLabel();
    }
    if (e.getArgSpec() instanceof OptionSpec option && e.getValue() != null) {
      return option.shortestName() + " " + e.getValue() + ": " + whatIsWrong(option, e);
    }
    return Messages.of(e);
  }

  private static String whatIsWrong(OptionSpec option, ParameterException e) {
    Class<?> type = option.type();
    if (type == int.class || type == long.class) {
      boolean whole = e.getValue().matches("[+-]?[0-9]+");
      return whole ? "out of range" : "not a whole number";
    }
    if (type == boolean.class) {
      return "takes no value";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(joining(" or ", "must be ", ""));
    }
    return e.getCause() == null ? Messages.of(e) : Messages.of(e.getCause());
  }
}

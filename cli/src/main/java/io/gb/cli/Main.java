package io.gb.cli;

import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.cli.command.SameFile;
import io.gb.cli.command.StandardError;
import io.gb.cli.compare.CheckCommand;
import io.gb.cli.compare.CompareCommand;
import io.gb.cli.compare.CompareRunCommand;
import io.gb.cli.demo.DemoCommand;
import io.gb.cli.leaks.LeaksCommand;
import io.gb.cli.load.BenchmarkCommand;
import io.gb.cli.serve.ServeCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The entry point of the command {@code gb}. */
public final class Main {

  /**
   * Set by the launcher to the width of the terminal, because Java cannot ask whether standard
   * error is one.
   */
  private static final String COLUMNS_PROPERTY = "gb.columns";

  /**
   * The commands by the one or two words that name them; without such words, gb runs a benchmark.
   */
  private static final Map<String, Function<Console, Command>> COMMANDS =
      Map.of(
          "serve", ServeCommand::new,
          "demo", DemoCommand::new,
          "leaks", LeaksCommand::new,
          "check", CheckCommand::new,
          "compare", CompareCommand::new,
          "compare run", CompareRunCommand::new);

  private static final int MOST_WORDS = 2;

  /** Messages of an OutOfMemoryError if the heap is full, and not the memory outside it. */
  private static final Pattern HEAP = Pattern.compile("Java heap space|GC overhead");

  private static final int FILE_TYPE = 0170000;
  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  private Main() {}

  /**
   * Runs the command and exits with its code.
   *
   * @param args the arguments as typed
   */
  public static void main(String[] args) {
    System.setOut(AsciiOutput.of(System.out));
    StandardError stderr = new StandardError(System.err);
    System.setErr(AsciiOutput.of(new PrintStream(stderr, false, System.err.charset())));
    int columns = Integer.getInteger(COLUMNS_PROPERTY, 0);
    System.exit(run(args, new Console(System.out, System.err, columns, stderr::stopWaiting)));
  }

  /**
   * Runs the command.
   *
   * @param args the arguments as typed
   * @param console where it prints
   * @return the exit code
   */
  public static int run(String[] args, Console console) {
    ExitCode exit = execute(Arrays.asList(args), console);
    // Never exit 0 if standard output could not be written.
    if (console.out().checkError()) {
      boolean isQuiet = isPipe(console.out());
      if (!isQuiet) {
        console.error("standard output: cannot be written");
      }
      if (exit == ExitCode.OK) {
        exit = isQuiet ? ExitCode.OUTPUT_CLOSED : ExitCode.FAILED;
      }
    }
    console.err().flush();
    return exit.code();
  }

  /**
   * Whether this is standard output, and a pipe or a socket. If such a one cannot be written, then
   * its reader has closed it, as {@code head} does.
   */
  @SuppressWarnings("ReferenceEquality") // this very stream
  private static boolean isPipe(PrintStream out) {
    try {
      int mode = (int) Files.getAttribute(SameFile.STANDARD_OUTPUT, "unix:mode") & FILE_TYPE;
      return out == System.out && (mode == PIPE || mode == SOCKET);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * All commands, for those who describe them.
   *
   * @param console where they would print
   * @return gb itself, then the others in the order of their names
   */
  public static List<Command> commands(Console console) {
    List<Command> all = new ArrayList<>();
    all.add(new BenchmarkCommand(console));
    new TreeMap<>(COMMANDS).values().forEach(command -> all.add(command.apply(console)));
    return all;
  }

  private static ExitCode execute(List<String> args, Console console) {
    try {
      checkLetters(args);
      Call call = Call.of(args, console);
      return call.command().execute(call.arguments());
    } catch (CommandException e) {
      console.error(Messages.of(e));
      return e.exitCode();
    } catch (InvalidPathException e) {
      console.error(e.getInput() + ": not the name of a file: " + e.getReason());
      return ExitCode.FAILED;
    } catch (IOException | RuntimeException | Error e) {
      if (e instanceof OutOfMemoryError && HEAP.matcher(Messages.of(e)).find()) {
        console.error(
            "out of memory: the heap of "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB is too small; JAVA_TOOL_OPTIONS=-Xmx2g sets another size");
      } else {
        console.error("internal error: " + e);
        e.printStackTrace(console.err());
      }
      return ExitCode.FAILED;
    }
  }

  /** Java replaces bytes that it cannot decode, and would send or open something else. */
  private static void checkLetters(List<String> args) {
    for (String arg : args) {
      if (arg.indexOf('\uFFFD') >= 0) {
        String charset = System.getProperty("sun.jnu.encoding", "");
        throw CommandException.failed(
            arg
                + (charset.equals("UTF-8")
                    ? ": contains bytes that are not UTF-8"
                    : ": contains characters that the charset of this locale, "
                        + charset
                        + ", does not have; LC_ALL=C.UTF-8 may help"));
      }
    }
  }

  /**
   * A command line.
   *
   * @param command the command that its first words name
   * @param arguments the words behind those
   */
  record Call(Command command, List<String> arguments) {

    static Call of(List<String> args, Console console) {
      for (int words = Math.min(MOST_WORDS, args.size()); words > 0; words--) {
        Function<Console, Command> named = COMMANDS.get(String.join(" ", args.subList(0, words)));
        if (named != null) {
          return new Call(named.apply(console), args.subList(words, args.size()));
        }
      }
      if (!args.isEmpty()) {
        Suggestions.check(args.getFirst(), COMMANDS.keySet());
      }
      return new Call(new BenchmarkCommand(console), args);
    }
  }
}

package io.gb.cli;

import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.cli.compare.CompareCommand;
import io.gb.cli.compare.CompareRunCommand;
import io.gb.cli.demo.DemoCommand;
import io.gb.cli.leaks.LeaksCommand;
import io.gb.cli.load.BenchmarkCommand;
import io.gb.cli.serve.ServeCommand;
import java.io.IOException;
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

  /** Set by the launcher, because Java cannot ask whether standard error is a terminal. */
  private static final String TERMINAL_PROPERTY = "gb.terminal";

  /** Those that the first argument or two name; without one of them, it is a run. */
  private static final Map<String, Function<Console, Command>> COMMANDS =
      Map.of(
          "serve", ServeCommand::new,
          "demo", DemoCommand::new,
          "leaks", LeaksCommand::new,
          "compare", CompareCommand::new,
          "compare run", CompareRunCommand::new);

  private static final int MOST_WORDS = 2;

  /** What an OutOfMemoryError says if it is the heap that is too small. */
  private static final Pattern HEAP = Pattern.compile("Java heap space|GC overhead");

  private Main() {}

  /**
   * Runs the command and exits with its code.
   *
   * @param args the arguments as typed
   */
  public static void main(String[] args) {
    System.exit(
        run(args, new Console(System.out, System.err, Boolean.getBoolean(TERMINAL_PROPERTY))));
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
    // Whatever it is that nobody got, a script must not take it for printed.
    if (console.out().checkError()) {
      console.error("standard output: cannot be written");
      exit = exit == ExitCode.OK ? ExitCode.FAILED : exit;
    }
    console.err().flush();
    return exit.code();
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
      console.error(e.getInput() + ": no name of a file: " + e.getReason());
      return ExitCode.FAILED;
    } catch (IOException | RuntimeException | Error e) {
      if (e instanceof OutOfMemoryError && HEAP.matcher(Messages.of(e)).find()) {
        console.error(
            "out of memory: this takes more than the heap of "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB; JAVA_TOOL_OPTIONS=-Xmx2g gives it another");
      } else {
        console.error("internal error: " + e);
        e.printStackTrace(console.err());
      }
      return ExitCode.FAILED;
    }
  }

  /** Java has replaced what it could not read, and would send or open something else. */
  private static void checkLetters(List<String> args) {
    for (String arg : args) {
      if (arg.indexOf('\uFFFD') >= 0) {
        String charset = System.getProperty("sun.jnu.encoding", "");
        throw CommandException.failed(
            arg
                + (charset.equals("UTF-8")
                    ? ": holds bytes that are no UTF-8"
                    : ": holds letters that the charset of this locale, "
                        + charset
                        + ", does not have; LC_ALL=C.UTF-8 may help"));
      }
    }
  }

  /**
   * What was typed.
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
      return new Call(new BenchmarkCommand(console), args);
    }
  }
}

package io.gb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gb.cli.command.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The result of one run of the command, in this JVM or in a process of its own.
 *
 * @param code the exit code
 * @param out all that was printed on standard output
 * @param err all that was printed on standard error
 */
public record Gb(int code, String out, String err) {

  /** Runs the command in this JVM, with standard error not a terminal. */
  public static Gb run(String... args) {
    return run(false, args);
  }

  /** Runs the command in this JVM, with standard error said to be a terminal. */
  public static Gb runOnTerminal(String... args) {
    return run(true, args);
  }

  /**
   * Reads arguments as the command does, and does nothing else.
   *
   * @throws io.gb.cli.command.CommandException if they are wrong
   */
  public static void parse(List<String> args) {
    Console console = new Console(System.out, System.err, false);
    Main.Call call = Main.Call.of(args, console);
    List<String> _ = call.command().options().parse(call.arguments());
  }

  private static Gb run(boolean terminal, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8), terminal);
    int code = Main.run(args, console);
    return new Gb(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** The lines of standard error. */
  public List<String> errLines() {
    return err.lines().toList();
  }

  /** Standard output with the rows of the report joined that are broken. */
  public String rows() {
    return out.replaceAll("\n {24}(?=\\S)", " ");
  }

  /** The first number after a label of the report; fails if there is no such line. */
  public long number(String label) {
    Matcher line =
        Pattern.compile("(?m)^" + Pattern.quote(label) + " +([0-9]+)(?![0-9])").matcher(out);
    if (!line.find()) {
      throw new AssertionError("no number behind '" + label + "' in:\n" + out);
    }
    return Long.parseLong(line.group(1));
  }
}

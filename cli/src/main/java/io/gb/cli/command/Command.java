package io.gb.cli.command;

import java.io.IOException;
import java.util.List;

/**
 * A command: {@code gb} itself, or one of its subcommands such as {@code gb serve}. An instance
 * reads the arguments of one call into its fields; it is used once, by one thread.
 */
public abstract class Command {

  private final String name;
  private final Console console;
  private List<String> typed = List.of();
  private boolean helpAsked;
  private boolean versionAsked;

  /**
   * A command that has not read its arguments yet.
   *
   * @param name its name as typed, for example {@code gb serve}
   * @param console where it prints
   */
  protected Command(String name, Console console) {
    this.name = name;
    this.console = console;
  }

  /** Adds the options of this command, except the two that all commands have. */
  protected abstract void declare(OptionTable options);

  /**
   * The synopsis and what the command does, in lines that each end in a line feed; printed behind
   * {@code Usage: } and before the options.
   */
  public abstract String usage();

  /** The text of the help behind the options, in whole lines; empty by default. */
  public String notes() {
    return "";
  }

  /**
   * Does the work of the command; called after the options were set.
   *
   * @param arguments the arguments that are neither options nor their values
   * @throws CommandException if it is used wrongly or cannot do its work
   */
  protected abstract ExitCode run(List<String> arguments) throws IOException;

  /** Its name as typed, for example {@code gb serve}. */
  public final String name() {
    return name;
  }

  /** Where this command prints. */
  protected final Console console() {
    return console;
  }

  /** A new table of the options of this command, which sets the fields of this instance. */
  public final OptionTable options() {
    OptionTable options = new OptionTable(name);
    declare(options);
    if (options.hasThemes()) {
      options.theme("Help");
    }
    options.flag("-h, --help", () -> helpAsked = true, "print this and end");
    options.flag("-V, --version", () -> versionAsked = true, "print the version and end");
    return options;
  }

  /**
   * Reads the arguments and runs the command, or prints its help or the version if asked to.
   *
   * @param args what was typed behind the name of the command
   * @return how the command ended
   * @throws CommandException if it is used wrongly or cannot do its work
   */
  public final ExitCode execute(List<String> args) throws IOException {
    OptionTable options = options();
    List<String> arguments = options.parse(args);
    typed = options.typed();
    if (helpAsked) {
      console.out().print("Usage: " + usage() + options.help() + notes());
      return ExitCode.OK;
    }
    if (versionAsked) {
      console.out().print(Version.banner());
      return ExitCode.OK;
    }
    // Words behind -- may be anything. A -- before them may be the value of an option.
    int behindDashes = args.contains("--") ? args.size() - args.indexOf("--") - 1 : 0;
    int checked = Math.max(0, arguments.size() - behindDashes);
    if (arguments.subList(0, checked).contains("")) {
      throw CommandException.usage("an argument is empty; is a variable not set?");
    }
    return run(arguments);
  }

  /** The first name of each option that was typed, in that order. */
  protected final List<String> typed() {
    return typed;
  }
}

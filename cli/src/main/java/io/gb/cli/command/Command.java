package io.gb.cli.command;

import java.io.IOException;
import java.util.List;

/** A command: {@code gb} itself, or one of those typed behind it. */
public abstract class Command {

  private final String name;
  private final Console console;
  private boolean helpAsked;
  private boolean versionAsked;

  /** Creates it; the name is as typed, {@code gb serve}. */
  public Command(String name, Console console) {
    this.name = name;
    this.console = console;
  }

  /** Adds the options of this command, without those that all commands have. */
  protected abstract void declare(OptionTable options);

  /** How it is called, and what it does if the options do not say. */
  public abstract String usage();

  /** What the help says behind the options. */
  public String notes() {
    return "";
  }

  /** Does it; the arguments are those that are no options. */
  protected abstract ExitCode run(List<String> arguments) throws IOException;

  public final String name() {
    return name;
  }

  protected final Console console() {
    return console;
  }

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

  /** Reads the arguments, and does what they ask for. */
  public final ExitCode execute(List<String> args) throws IOException {
    OptionTable options = options();
    List<String> arguments = options.parse(args);
    if (helpAsked) {
      console.out().print("Usage: " + usage() + options.help() + notes());
      return ExitCode.OK;
    }
    if (versionAsked) {
      console.out().print(Version.banner());
      return ExitCode.OK;
    }
    return run(arguments);
  }
}

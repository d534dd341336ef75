package io.gb.cli.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import joptsimple.OptionException;
import joptsimple.OptionParser;
import joptsimple.OptionSet;
import joptsimple.OptionSpec;

/**
 * The options of one command: their names, their lines in the help, and what each of them sets.
 * {@link #parse} sets them in the order in which they were typed, as getopt does, so that a later
 * one overrides an earlier one. Used by one thread.
 */
public final class OptionTable {

  private static final String ROW = "  %-26s %s\n";
  private static final int NAME_WIDTH = 26;

  /**
   * One option.
   *
   * @param theme the heading it stands under; empty in a table without headings
   * @param names all its names with their hyphens, the shortest first
   * @param label what its value is called in the help; empty for a flag
   * @param help what it does, as lines of the help
   * @param set receives its value, or an empty string for a flag
   */
  public record Row(
      String theme, List<String> names, String label, List<String> help, Consumer<String> set) {

    /** Whether it takes no value. */
    public boolean isFlag() {
      return label.isEmpty();
    }

    private String text() {
      String names = names().getFirst().startsWith("--") ? "    " : "";
      names += String.join(", ", names());
      return isFlag() ? names : names + " " + label;
    }
  }

  private record Foreign(String name, Pattern value, boolean isSecret, String advice) {}

  private final String command;
  private final OptionParser parser = new OptionParser(false);
  private final Map<OptionSpec<?>, Row> rows = new LinkedHashMap<>();
  private final Map<String, String> unknown = new HashMap<>();
  private final List<Foreign> foreign = new ArrayList<>();
  private final List<String> typed = new ArrayList<>();
  private String theme = "";

  /**
   * A table without options.
   *
   * @param command the name of the command as typed, for example {@code gb serve}
   */
  public OptionTable(String command) {
    this.command = command;
  }

  /**
   * Puts a heading above the options that are added from now on.
   *
   * @param heading the heading, without a colon
   */
  public void theme(String heading) {
    theme = heading;
  }

  /** Returns whether the options stand under headings. */
  boolean hasThemes() {
    return !theme.isEmpty();
  }

  /**
   * Adds an option without a value.
   *
   * @param names all its names, for example {@code -k, --keep-alive}
   * @param set called each time the option was typed
   * @param help what it does, as lines of the help
   */
  public void flag(String names, Runnable set, String... help) {
    Row row = new Row(theme, List.of(names.split(", ", -1)), "", List.of(help), _ -> set.run());
    rows.put(parser.acceptsAll(bare(row)), row);
  }

  /**
   * Adds an option with a value.
   *
   * @param names all its names, for example {@code -n, --requests}
   * @param label what the value is called in the help
   * @param set receives the value; the message of an IllegalArgumentException that it throws says
   *     what is wrong with the value
   * @param help what the option does, as lines of the help
   */
  public void value(String names, String label, Consumer<String> set, String... help) {
    Row row = new Row(theme, List.of(names.split(", ", -1)), label, List.of(help), set);
    rows.put(parser.acceptsAll(bare(row)).withRequiredArg(), row);
  }

  /**
   * Explains an option of another tool that this command lacks.
   *
   * @param name the option with its hyphens; one of several letters behind one hyphen is refused
   *     although its letters may be options
   * @param advice what to use instead
   */
  public void foreign(String name, String advice) {
    unknown.put(name, advice);
  }

  /**
   * Explains an option of this command that means something else in another tool.
   *
   * @param name the option, a hyphen and a letter
   * @param value a regular expression for values that only the other tool takes
   * @param advice what to use instead
   */
  public void foreign(String name, String value, String advice) {
    foreign.add(new Foreign(name, Pattern.compile(value), false, advice));
  }

  /** As {@link #foreign(String, String, String)}, of a value that must not be printed. */
  public void foreignSecret(String name, String value, String advice) {
    foreign.add(new Foreign(name, Pattern.compile(value), true, advice));
  }

  /** All options, in the order in which they were added. */
  public List<Row> rows() {
    return List.copyOf(rows.values());
  }

  /**
   * Sets the options that were typed.
   *
   * @return the arguments that are neither options nor their values
   * @throws CommandException if an option is unknown, lacks its value, or has a wrong one
   */
  public List<String> parse(List<String> args) {
    refuseValuesOfFlags(args);
    refuseForeign(args);
    OptionSet typed;
    try {
      typed = parser.parse(args.toArray(String[]::new));
    } catch (OptionException e) {
      throw wrong(explain(e));
    }
    Map<OptionSpec<?>, Iterator<?>> values = new HashMap<>();
    for (OptionSpec<?> option : typed.specs()) {
      Row row = Objects.requireNonNull(rows.get(option));
      this.typed.add(row.names().getFirst());
      Iterator<?> next = values.computeIfAbsent(option, o -> typed.valuesOf(o).iterator());
      apply(row, row.isFlag() ? "" : (String) next.next());
    }
    return typed.nonOptionArguments().stream().map(String.class::cast).toList();
  }

  /** The first name of each option that was parsed, in the order in which they were typed. */
  public List<String> typed() {
    return List.copyOf(typed);
  }

  /** The lines of the help about the options: the headings, and below them each option. */
  public String help() {
    StringBuilder text = new StringBuilder();
    String heading = "";
    for (Row row : rows.values()) {
      if (!row.theme().equals(heading)) {
        heading = row.theme();
        text.append(heading).append(":\n");
      }
      List<String> lines = new ArrayList<>(row.help());
      boolean fits = row.text().length() <= NAME_WIDTH;
      text.append(String.format(ROW, row.text(), fits ? lines.removeFirst() : "").stripTrailing());
      text.append('\n');
      lines.forEach(line -> text.append(String.format(ROW, "", line)));
    }
    return text.toString();
  }

  private void apply(Row row, String value) {
    try {
      row.set().accept(value);
    } catch (IllegalArgumentException e) {
      throw wrong(row.names().getFirst() + " " + withoutSecret(value) + ": " + Messages.of(e));
    }
  }

  /** Returns the value for a message: three asterisks for user and password before a host. */
  public static String withoutSecret(String value) {
    return value.replaceFirst("(?s)^(?:([A-Za-z][A-Za-z0-9+.-]*://)|(?=[^/]*:)).*@", "$1***@");
  }

  /** The parser would accept {@code -k=0} and ignore the value. */
  private void refuseValuesOfFlags(List<String> args) {
    for (String arg : args) {
      if (arg.equals("--")) {
        return;
      }
      int equals = arg.indexOf('=');
      if (arg.startsWith("-") && equals > 0 && isFlag(arg.substring(0, equals))) {
        throw wrong(arg + ": takes no value");
      }
    }
  }

  /** For example {@code -d30s} or {@code -d 30s}, a duration for wrk. */
  private void refuseForeign(List<String> args) {
    for (int i = 0; i < args.size() && !args.get(i).equals("--"); i++) {
      String arg = args.get(i);
      // Otherwise a name behind one hyphen would be taken for a row of letters.
      String bare = arg.replaceFirst("=.*", "");
      if (bare.matches("-[a-z][a-z0-9-]+") && unknown.containsKey(bare)) {
        throw wrong(bare + ": " + unknown.get(bare));
      }
      String next = i + 1 < args.size() ? args.get(i + 1) : "";
      for (Foreign other : foreign) {
        String name = other.name();
        String value = arg.equals(name) ? next : arg.startsWith(name) ? arg.substring(2) : "";
        if (other.value().matcher(value).matches()) {
          throw wrong(
              name + (other.isSecret() ? "" : " " + withoutSecret(value)) + ": " + other.advice());
        }
      }
    }
  }

  private boolean isFlag(String name) {
    return rows.values().stream().anyMatch(row -> row.isFlag() && row.names().contains(name));
  }

  private String explain(OptionException e) {
    // The exception joins all names of an option by slashes.
    String bare = e.options().getFirst().replaceFirst("/.*", "");
    String name = (bare.length() == 1 ? "-" : "--") + bare;
    String advice = unknown.get(name);
    return rows.values().stream()
        .filter(row -> row.names().contains(name))
        .findFirst()
        .map(row -> row.names().getFirst() + ": needs a value, " + row.label())
        .orElse("unknown option: " + name + (advice == null ? "" : "; " + advice));
  }

  private CommandException wrong(String message) {
    return CommandException.usage(message + "; " + command + " -h lists the options");
  }

  private static List<String> bare(Row row) {
    return row.names().stream().map(name -> name.replaceFirst("^--?", "")).toList();
  }
}

package io.gb.cli.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import joptsimple.OptionException;
import joptsimple.OptionParser;
import joptsimple.OptionSet;
import joptsimple.OptionSpec;

/**
 * The options of one command: how they are called, what the help says of them and what each sets.
 * They are set in the order in which they were typed, as with getopt, so that a later one overrides
 * an earlier one.
 */
public final class OptionTable {

  private static final String ROW = "  %-26s %s\n";
  private static final int NAME_WIDTH = 26;

  /**
   * One option.
   *
   * @param theme the heading it stands under; empty in a table without headings
   * @param names all its names with their hyphens, the usual one first
   * @param label what its value is, or nothing for a flag
   * @param help what it does, in lines
   * @param set takes its value
   */
  public record Row(
      String theme, List<String> names, String label, List<String> help, Consumer<String> set) {

    public boolean isFlag() {
      return label.isEmpty();
    }

    private String text() {
      String names = names().getFirst().startsWith("--") ? "    " : "";
      names += String.join(", ", names());
      return isFlag() ? names : names + " " + label;
    }
  }

  private final String command;
  private final OptionParser parser = new OptionParser(false);
  private final Map<OptionSpec<?>, Row> rows = new LinkedHashMap<>();
  private String theme = "";

  /** A table without options; the command is as typed, {@code gb serve}. */
  public OptionTable(String command) {
    this.command = command;
  }

  /** Puts a heading above the options that are added from now on. */
  public void theme(String heading) {
    theme = heading;
  }

  /** Whether the options stand under headings. */
  boolean hasThemes() {
    return !theme.isEmpty();
  }

  /** Adds an option without a value; names is a comma list like {@code -k, --keep-alive}. */
  public void flag(String names, Runnable set, String... help) {
    Row row = new Row(theme, List.of(names.split(", ", -1)), "", List.of(help), _ -> set.run());
    rows.put(parser.acceptsAll(bare(row)), row);
  }

  /**
   * Adds an option with a value.
   *
   * @param set takes the value, and throws IllegalArgumentException with what is wrong with it
   */
  public void value(String names, String label, Consumer<String> set, String... help) {
    Row row = new Row(theme, List.of(names.split(", ", -1)), label, List.of(help), set);
    rows.put(parser.acceptsAll(bare(row)).withRequiredArg(), row);
  }

  /** All options, in the order in which they were added. */
  public List<Row> rows() {
    return List.copyOf(rows.values());
  }

  /**
   * Sets the options that were typed.
   *
   * @return the arguments that are no options
   * @throws CommandException if an option is unknown, lacks its value, or has a wrong one
   */
  public List<String> parse(List<String> args) {
    refuseValuesOfFlags(args);
    OptionSet typed;
    try {
      typed = parser.parse(args.toArray(String[]::new));
    } catch (OptionException e) {
      throw wrong(explain(e));
    }
    Map<OptionSpec<?>, Iterator<?>> values = new HashMap<>();
    for (OptionSpec<?> option : typed.specs()) {
      Row row = Objects.requireNonNull(rows.get(option));
      Iterator<?> next = values.computeIfAbsent(option, o -> typed.valuesOf(o).iterator());
      apply(row, row.isFlag() ? "" : (String) next.next());
    }
    return typed.nonOptionArguments().stream().map(String.class::cast).toList();
  }

  /** What the help says of the options: the headings, and one or more lines for each option. */
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
      throw wrong(row.names().getFirst() + " " + value + ": " + Messages.of(e));
    }
  }

  /** The parser would take them without a word, and {@code -k=0} for -k. */
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

  private boolean isFlag(String name) {
    return rows.values().stream().anyMatch(row -> row.isFlag() && row.names().contains(name));
  }

  private String explain(OptionException e) {
    // All names of an option come as one, with slashes between.
    String bare = e.options().getFirst().replaceFirst("/.*", "");
    String name = (bare.length() == 1 ? "-" : "--") + bare;
    return rows.values().stream()
        .filter(row -> row.names().contains(name))
        .findFirst()
        .map(row -> row.names().getFirst() + ": needs a value, " + row.label())
        .orElse("unknown option: " + name);
  }

  private CommandException wrong(String message) {
    return CommandException.usage(message + "; " + command + " -h lists the options");
  }

  private static List<String> bare(Row row) {
    return row.names().stream().map(name -> name.replaceFirst("^--?", "")).toList();
  }
}

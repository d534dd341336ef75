package io.gb.cli.compare;

import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.cli.command.OptionTable;
import io.gb.compare.Side;
import io.gb.compare.limit.Budget;
import io.gb.compare.limit.BudgetResult;
import io.gb.compare.limit.Outcome;
import io.gb.text.ForeignText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code gb check}: holds JMH results to budgets. */
public final class CheckCommand extends Command {

  private final List<Budget> budgets = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();

  /** Creates the command; its lines and messages go to the console. */
  public CheckCommand(Console console) {
    super("gb check", console);
  }

  @Override
  public String usage() {
    return """
    gb check [options] results.json...
    Holds results that JMH wrote with -rf json to budgets: ends with 3 if one is
    missed, and with 5 if one could not be judged, because its benchmark is missing
    or its unit does not fit. Several files are forks of the same code.
    """;
  }

  @Override
  protected void declare(OptionTable options) {
    options.value(
        "--budget",
        "limit",
        text -> budgets.add(Budget.parse(text)),
        "budget such as time of Codec.encode <= 3 us; may be",
        "repeated");
    options.value(
        "--budgets",
        "file",
        text -> files.add(Path.of(text)),
        "read budgets from this file, one a line; may be",
        "repeated");
  }

  @Override
  protected ExitCode run(List<String> arguments) {
    if (arguments.isEmpty()) {
      throw CommandException.usage("needs a result to check; gb check -h shows how");
    }
    for (Path file : files) {
      try {
        budgets.addAll(Budget.readFile(file));
      } catch (IOException e) {
        throw CommandException.failed("--budgets " + Messages.of(e));
      } catch (IllegalArgumentException e) {
        throw CommandException.usage("--budgets " + Messages.of(e));
      }
    }
    if (budgets.isEmpty()) {
      throw CommandException.usage("--budgets: is missing; gb check -h shows how");
    }
    List<BudgetResult> results = judge(arguments.stream().map(Path::of).toList());
    results.forEach(result ->
        console().out().println(result.outcome() + " " + ForeignText.line(result.message())));
    if (has(results, Outcome.MISSED)) {
      return ExitCode.GATE_MISSED;
    }
    return has(results, Outcome.UNDECIDED) ? ExitCode.UNDECIDED : ExitCode.OK;
  }

  private List<BudgetResult> judge(List<Path> paths) {
    try {
      Side side = Side.read("results", paths);
      return budgets.stream().flatMap(budget -> budget.judge(side.results()).stream()).toList();
    } catch (IOException e) {
      throw CommandException.failed(Messages.of(e));
    }
  }

  private static boolean has(List<BudgetResult> results, Outcome outcome) {
    return results.stream().anyMatch(result -> result.outcome() == outcome);
  }
}

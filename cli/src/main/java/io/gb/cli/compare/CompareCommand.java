package io.gb.cli.compare;

import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.cli.command.OptionTable;
import io.gb.cli.command.SameFile;
import io.gb.compare.Side;
import io.gb.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code gb compare}: compares JMH results. */
public final class CompareCommand extends Command {

  private final CompareOptions compare = new CompareOptions();

  /** Creates the command; its reports and messages go to the console. */
  public CompareCommand(Console console) {
    super("gb compare", console);
  }

  @Override
  public String usage() {
    return """
    gb compare [options] base.json new.json [more.json...]
           gb compare [options] --col parameter results.json
           gb compare run [options] -- [JMH options]
    Compares results that JMH wrote with -rf json: the first with each of the
    others. A side may be a directory, or several files separated by commas, whose
    forks count together. name=file gives a side a name for the report.
    """;
  }

  @Override
  protected void declare(OptionTable options) {
    compare.declare(options);
  }

  @Override
  protected ExitCode run(List<String> arguments) {
    boolean isWithin = !compare.column().isEmpty();
    if (isWithin && arguments.size() != 1) {
      throw CommandException.usage("--col: needs one result, whose parameter it compares");
    }
    if (isWithin && compare.hasHistory()) {
      throw CommandException.usage(
          "--col: not with --history, whose runs have all values of the parameter");
    }
    if (!isWithin && arguments.size() < 2) {
      throw CommandException.usage(
          arguments.isEmpty()
              ? "needs two results to compare; gb compare -h shows how"
              : arguments.getFirst()
                  + ": needs a second result to compare with; gb compare -h shows how");
    }
    List<Named> sides = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (i > 1 && arguments.subList(1, i).contains(arguments.get(i))) {
        throw CommandException.usage(arguments.get(i) + ": is given twice");
      }
      sides.add(Named.of(arguments.get(i), arguments));
    }
    compare.check();
    compare.checkOutputs(sides.stream().flatMap(side -> side.paths().stream()).toList(), null);
    List<Side> read = read(sides);
    if (isWithin) {
      read = read.getFirst().byParameter(compare.column());
      if (read.size() < 2) {
        throw CommandException.failed(
            "--col "
                + compare.column()
                + (read.isEmpty()
                    ? ": no benchmark has this parameter"
                    : ": all benchmarks have the same value"));
      }
    }
    return compare.compare(console(), read.getFirst(), read.subList(1, read.size()));
  }

  /** A side as typed: {@code name=file,file} or without a name. */
  private record Named(String name, List<Path> paths) {

    static Named of(String argument, List<String> all) {
      int equals = argument.indexOf('=');
      boolean hasName =
          equals > 0
              && argument.lastIndexOf('/', equals) < 0
              && !Files.exists(Path.of(argument))
              && !Files.exists(Path.of(argument.split(",", 2)[0]));
      return hasName
          ? new Named(
              ForeignText.line(argument.substring(0, equals)),
              CompareCommand.paths(argument.substring(equals + 1)))
          : new Named(ForeignText.line(nameOf(argument, all)), CompareCommand.paths(argument));
    }
  }

  private static List<Path> paths(String argument) {
    List<String> names = Arrays.asList(argument.split(",", -1));
    if (names.contains("")) {
      throw CommandException.usage("\"" + argument + "\": contains an empty file name");
    }
    List<Path> paths =
        Files.exists(Path.of(argument))
            ? List.of(Path.of(argument))
            : names.stream().map(Path::of).toList();
    Set<Object> seen = new HashSet<>();
    for (Path file : files(paths)) {
      if (!seen.add(SameFile.key(file))) {
        throw CommandException.usage(argument + ": contains " + file + " twice");
      }
    }
    return paths;
  }

  private static List<Path> files(List<Path> paths) {
    try {
      return Side.files(paths);
    } catch (IOException e) {
      throw CommandException.failed(Messages.of(e));
    }
  }

  /** Reads the sides in parallel: for large files, this takes most of the time. */
  private static List<Side> read(List<Named> sides) {
    int threads = Math.min(sides.size(), Runtime.getRuntime().availableProcessors());
    try (ExecutorService readers = Executors.newFixedThreadPool(threads)) {
      List<Future<Side>> futures = new ArrayList<>();
      for (Named side : sides) {
        futures.add(readers.submit(() -> Side.read(side.name(), side.paths())));
      }
      List<Side> read = new ArrayList<>();
      for (Future<Side> future : futures) {
        read.add(future.get());
      }
      return read;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException unreadable) {
        throw CommandException.failed(Messages.of(unreadable));
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted");
    }
  }

  /**
   * Returns the last part of the path, if no other side has the same one; of several, the first.
   */
  private static String nameOf(String argument, List<String> all) {
    String last = last(argument);
    return all.stream().filter(other -> last(other).equals(last)).count() > 1 ? argument : last;
  }

  private static String last(String argument) {
    String[] paths = argument.split(",", -1);
    Path first = Path.of(paths[0]);
    String name = Objects.requireNonNullElse(first.getFileName(), first).toString();
    return paths.length == 1 || Files.exists(Path.of(argument))
        ? name
        : name + " and " + (paths.length - 1) + " more";
  }
}

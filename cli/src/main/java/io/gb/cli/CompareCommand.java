package io.gb.cli;

import static java.util.stream.Collectors.joining;

import io.gb.compare.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code gb compare}: compares JMH results. */
final class CompareCommand extends Command {

  private final CompareOptions compare = new CompareOptions();

  CompareCommand(Console console) {
    super("gb compare", console);
  }

  @Override
  String usage() {
    return """
    gb compare [options] base.json new.json [more.json...]
           gb compare run [options] -- [JMH options]
    Compares what JMH wrote with -rf json: the first with each of the others. A side
    may be a directory, or several files with commas between: further forks of it.
    """;
  }

  @Override
  void declare(OptionTable options) {
    compare.declare(options);
  }

  @Override
  ExitCode run(List<String> arguments) {
    if (arguments.size() < 2) {
      throw CommandException.usage(
          arguments.isEmpty()
              ? "no results to compare; gb compare -h shows how"
              : arguments.getFirst()
                  + ": is alone, nothing to compare it with; gb compare -h shows"
                  + " how");
    }
    for (int i = 0; i < arguments.size(); i++) {
      List<String> files = Arrays.asList(arguments.get(i).split(",", -1));
      if (files.contains("")) {
        throw CommandException.usage("\"" + arguments.get(i) + "\": names no file");
      }
      if (Set.copyOf(files).size() < files.size()) {
        throw CommandException.usage(arguments.get(i) + ": names a file twice");
      }
      if (i > 1 && arguments.subList(1, i).contains(arguments.get(i))) {
        throw CommandException.usage(arguments.get(i) + ": is there twice");
      }
    }
    compare.check();
    List<Side> sides = read(arguments);
    return compare.compare(console(), sides.getFirst(), sides.subList(1, sides.size()));
  }

  /** Reads the sides side by side: for large files, this takes most of the time. */
  private static List<Side> read(List<String> arguments) {
    int threads = Math.min(arguments.size(), Runtime.getRuntime().availableProcessors());
    try (ExecutorService readers = Executors.newFixedThreadPool(threads)) {
      List<Future<Side>> futures =
          arguments.stream()
              .map(argument -> readers.submit(() -> side(argument, arguments)))
              .toList();
      List<Side> sides = new ArrayList<>();
      for (Future<Side> future : futures) {
        sides.add(future.get());
      }
      return sides;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandException told) {
        throw told;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted");
    }
  }

  private static Side side(String argument, List<String> all) {
    List<Path> paths =
        Files.exists(Path.of(argument))
            ? List.of(Path.of(argument))
            : Arrays.stream(argument.split(",", -1)).map(Path::of).toList();
    try {
      return Side.read(name(argument, all), paths);
    } catch (IOException e) {
      throw CommandException.failed(Messages.of(e));
    }
  }

  /** The last parts of the paths, if they are enough to tell the sides apart. */
  private static String name(String argument, List<String> all) {
    String last = last(argument);
    return all.stream().filter(other -> last(other).equals(last)).count() > 1 ? argument : last;
  }

  private static String last(String argument) {
    return Arrays.stream(argument.split(",", -1))
        .map(path -> Objects.requireNonNullElse(Path.of(path).getFileName(), path).toString())
        .collect(joining(","));
  }
}

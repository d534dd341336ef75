package io.gb.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs two JMH jars in turns, one fork of all benchmarks at a time. */
final class JmhTurns {

  private final Path directory;
  private final List<String> options;
  private final PrintStream progress;

  /**
   * Prepares turns.
   *
   * @param directory gets a folder for each side, {@code base} and {@code new}
   * @param options for JMH, in addition to those that this class gives
   * @param progress gets a line after each turn
   */
  JmhTurns(Path directory, List<String> options, PrintStream progress) {
    this.directory = directory;
    this.options = List.copyOf(options);
    this.progress = progress;
  }

  /**
   * Makes the folders.
   *
   * @throws CommandException if they hold results already, which would be mixed with the new ones
   */
  void prepare() throws IOException {
    for (String side : List.of("base", "new")) {
      Path folder = Files.createDirectories(directory.resolve(side));
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw CommandException.failed(
              "--directory " + directory + ": holds results already; name another or remove it");
        }
      }
    }
  }

  /** Runs them: base new, new base, and so on. */
  void run(Path base, Path contender, int forks) throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (int turn = 0; turn < 2 * forks; turn++) {
      boolean isBase = turn % 4 == 0 || turn % 4 == 3;
      runOne(isBase ? "base" : "new", isBase ? base : contender, turn / 2 + 1);
      long taken = System.nanoTime() - start;
      Duration left = Duration.ofNanos(taken / (turn + 1) * (2L * forks - turn - 1));
      progress.printf(
          Locale.ROOT,
          "Turn %d of %d (%s) done, about %s left%n",
          turn + 1,
          2 * forks,
          isBase ? "base" : "new",
          readable(left));
    }
  }

  private void runOne(String side, Path jar, int number) throws IOException, InterruptedException {
    String name = String.format(Locale.ROOT, "%04d", number);
    Path log = directory.resolve(side).resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(options);
    command.addAll(List.of("-f", "1", "-foe", "true", "-rf", "json", "-rff"));
    command.add(directory.resolve(side).resolve(name + ".json").toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      int exit = process.waitFor();
      if (exit != 0) {
        throw CommandException.failed(
            "--" + side + " " + jar + ": JMH ended with " + exit + "; see " + log);
      }
    } finally {
      process.destroy();
    }
  }

  private static String readable(Duration left) {
    return left.toMinutes() > 0
        ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
        : left.toSeconds() + " s";
  }
}

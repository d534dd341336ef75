package io.gb.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs two JMH jars in turns, one fork of all benchmarks at a time. */
final class JmhTurns {

  private static final String RESULT = ".json";

  private final Path directory;
  private final List<String> options;
  private final PrintStream progress;

  /**
   * Prepares turns.
   *
   * @param directory gets a folder for each side, {@code base} and {@code new}
   * @param options for JMH, in addition to those that this class gives
   * @param progress gets a line at the start and after each turn
   */
  JmhTurns(Path directory, List<String> options, PrintStream progress) {
    this.directory = directory;
    this.options = List.copyOf(options);
    this.progress = progress;
  }

  /**
   * Makes the folders.
   *
   * @throws CommandException if they cannot be made, or hold results already, which would be mixed
   *     with the new ones
   */
  void prepare() throws IOException {
    for (String side : List.of("base", "new")) {
      try (Stream<Path> entries = Files.list(Files.createDirectories(directory.resolve(side)))) {
        if (entries.anyMatch(entry -> entry.toString().endsWith(RESULT))) {
          throw CommandException.failed(
              "--directory " + directory + ": holds results already; name another or remove it");
        }
      } catch (FileSystemException e) {
        throw CommandException.failed("--directory " + directory + ": cannot be made or read");
      }
    }
  }

  /**
   * Runs them: base new, new base, and so on. JMH and its forks end with this JVM, however it ends.
   *
   * @throws CommandException if JMH fails or writes no result
   */
  void run(Path base, Path contender, int forks) throws IOException, InterruptedException {
    progress.printf(
        Locale.ROOT, "Running %d turns with %s, logs in %s%n", 2 * forks, java(), directory);
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
    Path result = directory.resolve(side).resolve(name + RESULT);
    List<String> command = new ArrayList<>(List.of(java().toString(), "-jar", jar.toString()));
    command.addAll(options);
    command.addAll(List.of("-f", "1", "-foe", "true", "-rf", "json", "-rff", result.toString()));
    int exit = execute(command, log);
    boolean isEmpty = !Files.exists(result) || Files.size(result) == 0;
    if (exit != 0 || isEmpty) {
      // Or the next attempt would find a result that is none.
      Files.deleteIfExists(result);
      String what = exit != 0 ? "JMH ended with " + exit : "JMH wrote no result";
      throw CommandException.failed("--" + side + " " + jar + ": " + what + "; see " + log);
    }
  }

  private static int execute(List<String> command, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder jmh =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    try (Leash leash = new Leash()) {
      Process process = leash.hold(jmh::start, JmhTurns::endAll);
      // A benchmark that reads its input must find the end of it rather than wait.
      process.getOutputStream().close();
      return process.waitFor();
    }
  }

  /** Ends JMH, so that it starts no further fork, and the forks it has. */
  private static void endAll(Process process) {
    List<ProcessHandle> forks = process.descendants().toList();
    process.destroy();
    forks.forEach(ProcessHandle::destroy);
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static String readable(Duration left) {
    return left.toMinutes() > 0
        ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
        : left.toSeconds() + " s";
  }
}

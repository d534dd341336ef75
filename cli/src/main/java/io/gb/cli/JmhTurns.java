package io.gb.cli;

import io.gb.compare.jmh.JmhReader;
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
import org.jspecify.annotations.Nullable;

/** Runs two JMH jars in turns, one fork of all benchmarks at a time. */
final class JmhTurns {

  private static final String RESULT = ".json";

  private final Path directory;
  private final List<String> options;
  private final PrintStream progress;
  private @Nullable Process running;
  private boolean stopped;

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
      try (Stream<Path> entries = Files.list(Files.createDirectories(folder(side)))) {
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
   * Runs them: base new, new base, and so on, until all are done or {@link #stop} is called.
   *
   * @return how many turns were done
   * @throws CommandException if JMH fails or writes no result
   */
  int run(Path base, Path contender, int forks) throws IOException, InterruptedException {
    progress.printf(
        Locale.ROOT, "Running %d turns with %s, logs in %s%n", 2 * forks, java(), directory);
    long start = System.nanoTime();
    for (int turn = 0; turn < 2 * forks; turn++) {
      boolean isBase = turn % 4 == 0 || turn % 4 == 3;
      if (!runOne(isBase ? "base" : "new", isBase ? base : contender, turn)) {
        return turn;
      }
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
    return 2 * forks;
  }

  /** Ends JMH and its forks, and starts no further turn. Any thread may call it. */
  synchronized void stop() {
    stopped = true;
    if (running != null) {
      endAll(running);
    }
  }

  /** Returns false if it was stopped. */
  private boolean runOne(String side, Path jar, int turn) throws IOException, InterruptedException {
    String name = String.format(Locale.ROOT, "%04d", turn / 2 + 1);
    Path log = folder(side).resolve(name + ".log");
    Path result = folder(side).resolve(name + RESULT);
    List<String> command = new ArrayList<>(List.of(java().toString(), "-jar", jar.toString()));
    command.addAll(options);
    command.addAll(List.of("-f", "1", "-foe", "true", "-rf", "json", "-rff", result.toString()));
    int exit = execute(command, log);
    String complaint = exit == 0 ? complaint(result) : "JMH ended with " + exit;
    if (complaint.isEmpty()) {
      return true;
    }
    // Or the next attempt, or a comparison of what there is, would find a result that is none.
    Files.deleteIfExists(result);
    // Ctrl-C on a terminal reaches JMH as well, and may be quicker there.
    if (isStopped() || exit == ExitCode.INTERRUPTED.code()) {
      return false;
    }
    String before = "; gb compare " + folder("base") + " " + folder("new") + " compares the others";
    throw CommandException.failed(
        "--" + side + " " + jar + ": " + complaint + "; see " + log + (turn < 2 ? "" : before));
  }

  /** What is wrong with a result: better told now than when all turns are done. */
  private static String complaint(Path result) throws IOException {
    if (!Files.exists(result) || Files.size(result) == 0) {
      return "JMH wrote no result";
    }
    try {
      var _ = JmhReader.read(result);
      return "";
    } catch (IOException e) {
      return "JMH's result cannot be read: " + Messages.of(e);
    }
  }

  private int execute(List<String> command, Path log) throws IOException, InterruptedException {
    Process process = start(command, log);
    if (process == null) {
      return ExitCode.INTERRUPTED.code();
    }
    try {
      // A benchmark that reads its input must find the end of it rather than wait.
      process.getOutputStream().close();
      return process.waitFor();
    } finally {
      endAll(process);
    }
  }

  /** Null if there is to be no further turn. */
  private synchronized @Nullable Process start(List<String> command, Path log) throws IOException {
    if (!stopped) {
      running =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return running;
    }
    return null;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** Ends JMH, so that it starts no further fork, and the forks it has or was about to start. */
  private static void endAll(Process process) {
    List<ProcessHandle> forks = new ArrayList<>(process.descendants().toList());
    process.destroy();
    process.descendants().forEach(forks::add);
    forks.forEach(ProcessHandle::destroy);
  }

  /** Where the results of a side are, {@code base} or {@code new}. */
  Path folder(String side) {
    return directory.resolve(side);
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

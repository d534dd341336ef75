package io.gb.cli.compare;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.gb.cli.command.CommandException;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.compare.jmh.JmhReader;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.text.Names;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs two JMH jars in turns, one fork of all benchmarks at a time. */
final class JmhTurns implements AutoCloseable {

  private static final String RESULT = ".json";

  /** How long JMH and its forks may take to end before they are killed. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /**
   * How often to list the forks: seldom, because that disturbs what is measured. If JMH is killed,
   * a fork that was not listed yet ends only when it notices.
   */
  private static final Duration LISTING_PERIOD = Duration.ofSeconds(5);

  /** How much earlier than this JVM a signal to both can end JMH. */
  private static final Duration SIGNALS_APART = Duration.ofSeconds(1);

  /** JMH's exit codes after SIGHUP, SIGINT and SIGTERM. */
  private static final Set<Integer> SIGNALLED = Set.of(129, 130, 143);

  private final Path directory;
  private final List<String> options;
  private final PrintStream progress;
  private @Nullable FileChannel lock;
  private @Nullable Process running;
  private boolean stopped;

  /**
   * Prepares turns.
   *
   * @param directory the parent of a folder for each side, {@code base} and {@code new}
   * @param options options for JMH, in addition to those that this class sets
   * @param progress receives a line at the start and after each turn
   */
  JmhTurns(Path directory, List<String> options, PrintStream progress) {
    this.directory = directory;
    this.options = List.copyOf(options);
    this.progress = progress;
  }

  /**
   * Makes the folders, and locks them against other runs until this is closed.
   *
   * @throws CommandException if they cannot be made, contain results, which would be mixed with the
   *     new ones, or are locked by another run
   */
  void prepare() throws IOException {
    try {
      Files.createDirectories(directory);
      lock = lock();
      for (String side : List.of("base", "new")) {
        try (Stream<Path> entries = Files.list(Files.createDirectories(folder(side)))) {
          if (entries.anyMatch(entry -> entry.toString().endsWith(RESULT))) {
            throw CommandException.failed(
                "--directory "
                    + directory
                    + ": contains results already; name another or remove it");
          }
        }
      }
    } catch (FileSystemException e) {
      throw CommandException.failed("--directory " + directory + ": cannot be made or read");
    }
  }

  private FileChannel lock() throws IOException {
    FileChannel channel = FileChannel.open(lockFile(), CREATE, WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // This JVM has locked it.
    } catch (IOException e) {
      progress.printf(
          "gb: --directory %s: cannot be locked; do not use it in another run%n", directory);
      return channel;
    }
    channel.close();
    throw CommandException.failed("--directory " + directory + ": is in use by another run");
  }

  private Path lockFile() {
    return directory.resolve(".lock");
  }

  /** Unlocks the folders. The file stays: deleting it could let two runs in at once. */
  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }

  /**
   * How the turns ended.
   *
   * @param done number of turns that were completed
   * @param isStopped whether a signal ended them
   * @param failures what failed, one line each
   */
  record Ending(int done, boolean isStopped, List<String> failures) {}

  /**
   * Runs the turns: base new, new base, and so on, until all are done, {@link #stop} is called, or
   * JMH fails as a whole. If a benchmark fails, the others are measured all the same.
   *
   * @param onceBothRan is called when each side has a complete result; what it throws ends the
   *     turns
   */
  Ending run(Path base, Path contender, int forks, Runnable onceBothRan)
      throws IOException, InterruptedException {
    progress.printf(
        Locale.ROOT, "Running %d turns with %s, logs in %s%n", 2 * forks, java(), directory);
    FailedBenchmarks failed = new FailedBenchmarks();
    long start = System.nanoTime();
    for (int turn = 0; turn < 2 * forks; turn++) {
      boolean isBase = turn % 4 == 0 || turn % 4 == 3;
      String side = isBase ? "base" : "new";
      Path jar = isBase ? base : contender;
      Turn ended = runOne(side, jar, turn);
      if (!ended.isDone()) {
        List<String> failures = new ArrayList<>(failed.lines());
        boolean isStopped = ended.failure().isEmpty();
        if (!isStopped) {
          failures.add(ended.failure());
        }
        return new Ending(turn, isStopped, failures);
      }
      failed.add("--" + side + " " + jar, ended.failed(), log(side, turn));
      long taken = System.nanoTime() - start;
      Duration left = Duration.ofNanos(taken / (turn + 1) * (2L * forks - turn - 1));
      progress.printf(
          Locale.ROOT,
          "Turn %d of %d (%s) done%s, about %s left%n",
          turn + 1,
          2 * forks,
          side,
          ended.failed().isEmpty() ? "" : " but for " + Names.few(ended.failed()),
          readable(left));
      if (turn == 1 && failed.lines().isEmpty()) {
        onceBothRan.run();
      }
    }
    return new Ending(2 * forks, false, failed.lines());
  }

  /** Ends JMH and its forks, and prevents further turns. Any thread may call it. */
  void stop() {
    Process last;
    synchronized (this) {
      stopped = true;
      notifyAll();
      last = running;
    }
    if (last != null) {
      endAll(last, List.of());
    }
  }

  /**
   * How a turn ended.
   *
   * @param isDone whether it was completed
   * @param failure why it was not; empty if it was stopped
   * @param failed the benchmarks that failed and so have no result
   */
  private record Turn(boolean isDone, String failure, List<String> failed) {}

  private Turn runOne(String side, Path jar, int turn) throws IOException, InterruptedException {
    Path log = log(side, turn);
    Path result = folder(side).resolve(name(turn) + RESULT);
    List<String> command = new ArrayList<>(List.of(java().toString(), "-jar", jar.toString()));
    command.addAll(options);
    command.addAll(List.of("-f", "1", "-foe", "false", "-rf", "json", "-rff", result.toString()));
    String complaint;
    try {
      int exit = execute(command, log);
      if (exit == 0) {
        List<JmhResult> results = result(result);
        if (results.isEmpty()) {
          Files.delete(result);
        }
        return new Turn(true, "", JmhLog.failed(log, results));
      }
      complaint = "JMH ended with " + exit;
      // Ctrl-C on a terminal reaches JMH as well, and may be quicker there.
      if (SIGNALLED.contains(exit)) {
        awaitStop();
      }
    } catch (IOException e) {
      complaint = Messages.of(e);
    }
    // An incomplete result would disturb the comparison and the next attempt.
    Files.deleteIfExists(result);
    if (isStopped()) {
      return new Turn(false, "", List.of());
    }
    return new Turn(false, "--" + side + " " + jar + ": " + complaint + "; see " + log, List.of());
  }

  /** Reads a result at once, so that a wrong one is reported before all turns are done. */
  private static List<JmhResult> result(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      throw new IOException("JMH wrote no result");
    }
    try {
      // If all benchmarks failed, JMH writes an empty array.
      boolean isNone = Files.size(file) < 16 && Files.readString(file).matches("\\s*\\[\\s*]\\s*");
      return isNone ? List.of() : JmhReader.read(file);
    } catch (IOException e) {
      throw new IOException("JMH's result cannot be read: " + Messages.of(e), e);
    }
  }

  private int execute(List<String> command, Path log) throws IOException, InterruptedException {
    Process process = start(command, log);
    if (process == null) {
      return ExitCode.INTERRUPTED.code();
    }
    List<ProcessHandle> forks = List.of();
    try {
      // A benchmark that reads standard input gets its end instead of waiting.
      process.getOutputStream().close();
      // If JMH is killed, it can neither end its fork nor be asked for it.
      while (!process.waitFor(LISTING_PERIOD.toSeconds(), TimeUnit.SECONDS)) {
        forks = process.descendants().toList();
      }
      return process.exitValue();
    } finally {
      endAll(process, forks);
    }
  }

  /** Returns null if the turns were stopped. */
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

  private synchronized void awaitStop() throws InterruptedException {
    long deadline = System.nanoTime() + SIGNALS_APART.toNanos();
    for (long left = SIGNALS_APART.toMillis(); !stopped && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /**
   * Ends JMH, so that it starts no further fork, and its forks, including one that it was about to
   * start. A process that does not end, such as a fork whose shutdown hook waits, is killed.
   */
  private static void endAll(Process process, List<ProcessHandle> forks) {
    Set<ProcessHandle> all = new LinkedHashSet<>(forks);
    process.descendants().forEach(all::add);
    process.destroy();
    process.descendants().forEach(all::add);
    all.forEach(ProcessHandle::destroy);
    all.add(process.toHandle());
    long deadline = System.nanoTime() + GRACE.toNanos();
    for (ProcessHandle one : all) {
      try {
        one.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException | ExecutionException e) {
        one.destroyForcibly();
      } catch (InterruptedException e) {
        one.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private Path log(String side, int turn) {
    return folder(side).resolve(name(turn) + ".log");
  }

  private static String name(int turn) {
    return String.format(Locale.ROOT, "%04d", turn / 2 + 1);
  }

  /** Returns the folder with the results of a side, {@code base} or {@code new}. */
  Path folder(String side) {
    return directory.resolve(side);
  }

  /** The launcher of the archive names one, because the JVM there is made for gb alone. */
  private static Path java() {
    String named = System.getProperty("gb.jmh.java");
    return named == null ? Path.of(System.getProperty("java.home"), "bin", "java") : Path.of(named);
  }

  private static String readable(Duration left) {
    return left.toMinutes() > 0
        ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
        : left.toSeconds() + " s";
  }
}

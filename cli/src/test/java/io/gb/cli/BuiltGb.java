package io.gb.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that runs the launcher and the jar as they were built. Not thread-safe. */
public final class BuiltGb implements AutoCloseable {

  private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  private static final int PATIENCE_SECONDS = 20;

  private final Process process;
  private final Reader stdout;
  private final StringWriter out = new StringWriter();
  private final Path err;

  private BuiltGb(Path folder, List<String> args) throws IOException {
    List<String> command = new ArrayList<>(List.of(Project.root().resolve("gb").toString()));
    command.addAll(args);
    err = folder.resolve("err");
    process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    stdout = process.inputReader(UTF_8);
  }

  /**
   * Starts the command.
   *
   * @param folder a folder for the file that receives its standard error
   * @param args its arguments
   */
  public static BuiltGb start(Path folder, String... args) throws IOException {
    return new BuiltGb(folder, List.of(args));
  }

  /** Waits until its standard output so far ends with a text; returns that output. */
  public String awaitOutput(String end) throws IOException {
    while (!out.toString().endsWith(end)) {
      int next = stdout.read();
      if (next < 0) {
        throw new AssertionError("ended without '" + end + "': " + out + Files.readString(err));
      }
      out.write(next);
    }
    return out.toString();
  }

  /** Waits until it has started a process that has an argument with this prefix. */
  public ProcessHandle awaitChild(String argument) throws InterruptedException {
    Optional<ProcessHandle> child = child(argument);
    while (child.isEmpty()) {
      Thread.sleep(1); // There is no event to wait for.
      child = child(argument);
    }
    return child.get();
  }

  private Optional<ProcessHandle> child(String argument) {
    return process
        .children()
        .filter(child ->
            Arrays.stream(child.info().arguments().orElse(new String[0]))
                .anyMatch(one -> one.startsWith(argument)))
        .findFirst();
  }

  /**
   * Sends a signal, for example INT. Skips the test if this JVM ignores the signal, since its
   * children do so too: a shell without job control and nohup start their commands that way.
   */
  public void kill(String signal) throws IOException, InterruptedException {
    assumeFalse(isIgnored(signal), signal + " is ignored here");
    String pid = Long.toString(process.pid());
    int code = new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
    if (code != 0) {
      throw new AssertionError("could not kill " + pid);
    }
  }

  private static boolean isIgnored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    Matcher ignored =
        Pattern.compile("(?m)^SigIgn:\\s*([0-9a-f]+)$").matcher(Files.readString(status, US_ASCII));
    int bit = Objects.requireNonNull(NUMBERS.get(signal)) - 1;
    return ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) >>> bit & 1) != 0;
  }

  /** Waits until it has ended. */
  public Gb await() throws IOException, InterruptedException {
    stdout.transferTo(out);
    return new Gb(process.waitFor(), out.toString(), Files.readString(err));
  }

  /** Ends the process if it still runs; lets it clean up for some seconds, then kills it. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}

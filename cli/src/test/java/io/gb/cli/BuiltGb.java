package io.gb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The launcher and the jar as they were built, in a process of their own. */
final class BuiltGb implements AutoCloseable {

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
   * @param folder where its standard error is kept
   * @param args its arguments
   */
  static BuiltGb start(Path folder, String... args) throws IOException {
    return new BuiltGb(folder, List.of(args));
  }

  /** Waits until its standard output so far ends with a text, or for ever. */
  String awaitOutput(String end) throws IOException {
    while (!out.toString().endsWith(end)) {
      int next = stdout.read();
      if (next < 0) {
        throw new AssertionError("ended without '" + end + "': " + out + Files.readString(err));
      }
      out.write(next);
    }
    return out.toString();
  }

  /** Sends a signal, for example INT. */
  void kill(String signal) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int code = new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
    if (code != 0) {
      throw new AssertionError("could not kill " + pid);
    }
  }

  /** Waits for its end. */
  Gb await() throws IOException, InterruptedException {
    stdout.transferTo(out);
    return new Gb(process.waitFor(), out.toString(), Files.readString(err));
  }

  /** Ends the process if the test has not. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package io.gb.cli.demo;

import io.gb.cli.command.CleanupScope;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.TempFolder;
import io.gb.demo.Aftermath;
import io.gb.demo.HttpSender;
import io.gb.demo.ThreadKind;
import io.gb.demo.Variant;
import io.gb.server.EmbeddedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run in a JVM of its own, whose heap holds only what the run needs. This class is both ends: the
 * child writes its result to a file, prints {@link #DONE}, and stays alive with all that the run
 * has left behind until its standard input ends, because the parent has closed it or was killed.
 */
final class DemoProcess {

  private static final String DONE = "done";
  private static final String RESULT = "result";
  private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_MILLIS = 5;

  private DemoProcess() {}

  /**
   * Runs a variant against a server, and counts the connections that remain.
   *
   * @throws CommandException if the run fails; its JVM has printed the cause on standard error
   */
  static DemoResult run(
      Variant variant,
      ThreadKind threads,
      int workers,
      int requests,
      EmbeddedServer server,
      Console console)
      throws IOException, InterruptedException {
    URI uri = server.uri("/10k.dat");
    try (CleanupScope cleanup = new CleanupScope(console)) {
      // The child writes its heap dumps there, too.
      Path folder = cleanup.acquire(() -> Files.createTempDirectory("gb-demo"), TempFolder::delete);
      Process process =
          cleanup.acquire(
              () -> start(folder, variant, threads, workers, requests, uri),
              child -> child.destroyForcibly().onExit().join());
      if (!isDone(process)) {
        throw CommandException.failed(
            variant.label()
                + " with -c "
                + workers
                + " on "
                + threads.label()
                + " threads: its JVM ended with "
                + process.waitFor()
                + " before it was done");
      }
      DemoResult result = read(folder.resolve(RESULT));
      return result.withConnectionsLeft(connectionsLeft(server, variant.leaks() ? workers : 0));
    }
  }

  private static Process start(
      Path folder, Variant variant, ThreadKind threads, int workers, int requests, URI uri)
      throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Escape analysis may keep objects out of the heap, and so out of the heap dump.
                "-XX:-DoEscapeAnalysis",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                DemoProcess.class.getName(),
                variant.name(),
                threads.name(),
                Integer.toString(workers),
                Integer.toString(requests),
                uri.toString(),
                folder.resolve(RESULT).toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Whether the child has printed that it is done; the JVM itself may print other lines. */
  private static boolean isDone(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    @Nullable String line;
    do {
      line = out.readLine();
    } while (line != null && !line.equals(DONE));
    return line != null;
  }

  private static DemoResult read(Path file) throws IOException {
    try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
      return (DemoResult) in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("parent and child have the same classes", e);
    }
  }

  /** Waits for the server to notice that the client has closed its connections. */
  private static long connectionsLeft(EmbeddedServer server, int expected)
      throws InterruptedException {
    long end = System.nanoTime() + CLOSING_NANOS;
    while (server.connectionsOpen() > expected && System.nanoTime() < end) {
      Thread.sleep(PAUSE_MILLIS);
    }
    return server.connectionsOpen();
  }

  /** The child. */
  @SuppressWarnings("CatchAndPrintStackTrace") // the parent does not see the exception
  public static void main(String[] args) throws InterruptedException {
    Thread parent =
        Thread.ofPlatform().daemon().name("gb-parent").start(DemoProcess::endWithParent);
    try {
      Variant variant = Variant.valueOf(args[0]);
      int workers = Integer.parseInt(args[2]);
      URI uri = URI.create(args[4]);
      Aftermath aftermath =
          Aftermath.of(
              variant,
              ThreadKind.valueOf(args[1]),
              workers,
              Integer.parseInt(args[3]),
              () -> HttpSender.open(variant, uri, workers));
      try (ObjectOutputStream out =
          new ObjectOutputStream(Files.newOutputStream(Path.of(args[5])))) {
        out.writeObject(DemoResult.of(variant, aftermath));
      }
    } catch (Throwable e) {
      System.err.println("gb: " + e);
      // Leaked threads would keep this JVM alive.
      Runtime.getRuntime().halt(ExitCode.FAILED.code());
    }
    System.out.println(DONE);
    parent.join();
  }

  private static void endWithParent() {
    try {
      var _ = System.in.read();
    } catch (IOException e) {
      // Treated as the end.
    }
    Runtime.getRuntime().halt(ExitCode.FAILED.code());
  }
}

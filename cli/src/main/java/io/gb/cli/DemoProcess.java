package io.gb.cli;

import io.gb.demo.Aftermath;
import io.gb.demo.HttpSender;
import io.gb.demo.ThreadKind;
import io.gb.demo.Variant;
import io.gb.server.EmbeddedServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A run in a fresh JVM, which has nothing in its heap but what the run needs. Both ends of it are
 * in here: the child writes its result to standard output and stays, with all that it left behind,
 * until its standard input ends, as it does when the parent closes it or is killed.
 */
final class DemoProcess {

  private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_MILLIS = 5;

  private DemoProcess() {}

  /** Runs a variant against a server, and counts what connections remain. */
  static DemoResult run(
      Variant variant, ThreadKind threads, int workers, int requests, EmbeddedServer server)
      throws IOException, InterruptedException {
    Process process = start(variant, threads, workers, requests, server.uri());
    try (ObjectInputStream in = new ObjectInputStream(process.getInputStream())) {
      DemoResult result = (DemoResult) in.readObject();
      return result.withConnectionsLeft(connectionsLeft(server));
    } catch (EOFException e) {
      throw CommandException.failed(
          variant.label() + ": its JVM ended with " + process.waitFor() + " before it was done");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("both ends have the same classes", e);
    } finally {
      process.getOutputStream().close();
      process.waitFor();
    }
  }

  private static Process start(
      Variant variant, ThreadKind threads, int workers, int requests, URI server)
      throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // A compiled frame could hide from a heap dump what escape analysis took apart.
                "-XX:-DoEscapeAnalysis",
                "-cp",
                System.getProperty("java.class.path"),
                DemoProcess.class.getName(),
                variant.name(),
                threads.name(),
                Integer.toString(workers),
                Integer.toString(requests),
                server.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The server learns a moment later that the other end has been closed. */
  private static long connectionsLeft(EmbeddedServer server) throws InterruptedException {
    long end = System.nanoTime() + CLOSING_NANOS;
    while (server.connectionsOpen() > 0 && System.nanoTime() < end) {
      Thread.sleep(PAUSE_MILLIS);
    }
    return server.connectionsOpen();
  }

  /** The other end. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Thread parent =
        Thread.ofPlatform().daemon().name("gb-parent").start(DemoProcess::endWithParent);
    PrintStream result = System.out;
    System.setOut(System.err);
    Variant variant = Variant.valueOf(args[0]);
    int workers = Integer.parseInt(args[2]);
    URI server = URI.create(args[4]);
    Aftermath aftermath =
        Aftermath.of(
            variant,
            ThreadKind.valueOf(args[1]),
            workers,
            Integer.parseInt(args[3]),
            () -> HttpSender.open(variant, server, workers));
    ObjectOutputStream out = new ObjectOutputStream(result);
    out.writeObject(DemoResult.of(variant, aftermath));
    out.flush();
    parent.join();
  }

  /** What a run leaves behind would keep this JVM alive, and so would a parent that was killed. */
  private static void endWithParent() {
    try {
      var _ = System.in.read();
    } catch (IOException e) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(0);
  }
}

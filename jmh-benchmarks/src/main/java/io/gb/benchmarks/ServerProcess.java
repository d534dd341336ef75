package io.gb.benchmarks;

import io.gb.server.EmbeddedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The embedded server in a JVM of its own, so that its allocations are not counted as those of the
 * client. It ends when it is closed, or when the JVM that started it ends.
 */
public final class ServerProcess implements AutoCloseable {

  private final Process process;
  private final URI uri;

  private ServerProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Starts it, and waits until it listens. */
  static ServerProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader();
    @Nullable String uri = out.readLine();
    if (uri == null) {
      throw new IOException("the JVM of the server ended before it listened");
    }
    return new ServerProcess(process, URI.create(uri));
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Serves until standard input ends. */
  public static void main(String[] args) throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      System.out.println(server.uri());
      var _ = System.in.read();
    }
  }
}

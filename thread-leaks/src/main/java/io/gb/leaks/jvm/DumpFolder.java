package io.gb.leaks.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A private folder for what a JVM writes about itself, and the process that asks it to. Both end
 * when this is closed, or when this JVM is ended by a signal before. Thread-safe.
 */
final class DumpFolder implements AutoCloseable {

  private static final int ATTEMPTS = 10;
  private static final long PAUSE_NANOS = 50_000_000;

  private static final Logger LOG = System.getLogger(DumpFolder.class.getName());

  private final Thread hook = new Thread(null, this::end, "gb-dump-folder", 0, false);
  private final Path path;
  private @Nullable Process asking;
  private boolean ended;

  /**
   * Makes the folder.
   *
   * @throws IOException if it cannot be made
   */
  DumpFolder() throws IOException {
    path = Files.createTempDirectory("gb-leaks");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      Files.delete(path);
      throw new IOException("this JVM is about to end", e);
    }
  }

  Path path() {
    return path;
  }

  /** A file in the folder. */
  Path file(String name) {
    return path.resolve(name);
  }

  /**
   * Starts a process that must not outlive the folder; the one before it has ended.
   *
   * @throws IOException if it cannot be started, also because this JVM is about to end
   */
  synchronized Process start(ProcessBuilder builder) throws IOException {
    if (ended) {
      throw new IOException("this JVM is about to end");
    }
    Process process = builder.start();
    asking = process;
    return process;
  }

  /**
   * Ends the process and deletes the folder. What cannot be deleted is logged as a warning: it must
   * not cost the proof that was made of it.
   */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The hook runs already, and does the same.
    }
    end();
  }

  /** Another JVM may still write to the folder, or delete what it has written: so tries again. */
  private synchronized void end() {
    ended = true;
    if (asking != null) {
      asking.destroyForcibly().onExit().join();
    }
    for (int left = ATTEMPTS - 1; !isDeleted(left == 0); left--) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean isDeleted(boolean last) {
    try (Stream<Path> found = Files.list(path)) {
      for (Path file : found.toList()) {
        Files.deleteIfExists(file);
      }
      Files.delete(path);
      return true;
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException | UncheckedIOException e) {
      if (last) {
        LOG.log(
            Level.WARNING, "cannot delete the heap dump in {0}, which holds secrets: {1}", path, e);
      }
      return last;
    }
  }
}

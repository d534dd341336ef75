package io.gb.leaks.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A private folder for what a JVM writes about itself, and the process that asks it to. Both end
 * when this is closed, or when this JVM is ended by a signal before. If it is killed, the next
 * folder that is made an hour later or more deletes this one. Thread-safe.
 */
final class DumpFolder implements AutoCloseable {

  private static final int ATTEMPTS = 10;
  private static final long PAUSE_NANOS = 50_000_000;

  /** The beginning of its name; behind it the process that made it, and a random number. */
  private static final String NAME = "gb-leaks-";

  private static final Pattern MAKER = Pattern.compile(NAME + "([0-9]{1,18})-.*");

  /** In another container, a process may live whose number is that of none here. */
  private static final Duration OLD = Duration.ofHours(1);

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
    path = Files.createTempDirectory(NAME + ProcessHandle.current().pid() + "-");
    sweep(path);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      Files.delete(path);
      throw new IOException("this JVM is about to end", e);
    }
  }

  /** Deletes the folders of the same user that JVMs left behind which were killed meanwhile. */
  private static void sweep(Path mine) {
    try (Stream<Path> found = Files.list(mine.resolveSibling(""))) {
      found.forEach(other -> {
        try {
          if (isLeftBehind(other, mine)) {
            delete(other);
          }
        } catch (IOException | UncheckedIOException e) {
          // Another run may be able to; this one does not need it.
        }
      });
    } catch (IOException | UncheckedIOException e) {
      // The folder of temporary files cannot be listed.
    }
  }

  private static boolean isLeftBehind(Path folder, Path mine) throws IOException {
    Matcher name = MAKER.matcher(folder.getFileName().toString());
    if (!name.matches()
        || ProcessHandle.of(Long.parseLong(name.group(1))).isPresent()
        || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !Files.getOwner(folder).equals(Files.getOwner(mine))) {
      return false;
    }
    Instant old = Instant.now().minus(OLD);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : Stream.concat(Stream.of(folder), files).toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isAfter(old)) {
          return false;
        }
      }
    }
    return true;
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

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : found.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.delete(folder);
  }

  private boolean isDeleted(boolean last) {
    try {
      delete(path);
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

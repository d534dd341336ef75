package io.gb.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Folders for files that nobody shall find afterwards. */
public final class TempFolder {

  private static final int ATTEMPTS = 10;
  private static final long PAUSE_NANOS = 50_000_000;

  private TempFolder() {}

  /**
   * Deletes it with all that is in it. Another process may still write there, or delete what it has
   * written: so tries again for half a second.
   *
   * @throws IOException if something is left
   */
  public static void delete(Path folder) throws IOException {
    for (int left = ATTEMPTS - 1; !isDeleted(folder, left == 0); left--) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean isDeleted(Path folder, boolean last) throws IOException {
    try {
      deleteAll(folder);
      return true;
    } catch (IOException | UncheckedIOException e) {
      if (Files.notExists(folder)) {
        return true;
      }
      if (last) {
        throw e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
      }
      return false;
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

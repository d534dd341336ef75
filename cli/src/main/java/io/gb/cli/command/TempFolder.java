package io.gb.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Deletes temporary folders. */
public final class TempFolder {

  private static final int ATTEMPTS = 10;
  private static final long PAUSE_NANOS = 50_000_000;

  private TempFolder() {}

  /**
   * Deletes a folder with its contents. Another process may still be writing or deleting files in
   * it, so a failure is tried again for half a second.
   *
   * @throws IOException if a file could not be deleted
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

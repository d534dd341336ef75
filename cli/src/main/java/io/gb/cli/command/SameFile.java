package io.gb.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether two names are those of one file. */
public final class SameFile {

  /** Standard output, should a file be named so. */
  public static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  private SameFile() {}

  /** Whether they are; if one is yet to be written, whether it would be the other. */
  public static boolean is(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return real(one).equals(real(other));
    }
  }

  /**
   * Whether one report would take the place of the other; /dev/null and its like take any number.
   */
  public static boolean isTakenBy(Path one, Path other) {
    return (!Files.exists(one) || Files.isRegularFile(one)) && is(one, other);
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      Path absolute = file.toAbsolutePath().normalize();
      Path folder = absolute.getParent();
      Path name = absolute.getFileName();
      return folder == null || name == null ? absolute : real(folder).resolve(name);
    }
  }
}

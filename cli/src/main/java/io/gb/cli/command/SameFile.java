package io.gb.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells whether two paths name the same file, links and relative paths resolved. */
public final class SameFile {

  /** The path that names standard output. */
  public static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  private SameFile() {}

  /** Whether both name the same file; files that do not exist yet are compared by path. */
  public static boolean is(Path one, Path other) {
    return key(one).equals(key(other));
  }

  /**
   * What a file is known by: equal for all paths that name it, and for no others.
   *
   * @return the key of the file system, or the real path if there is none or no such file
   */
  public static Object key(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? real(file) : key;
    } catch (IOException e) {
      return real(file);
    }
  }

  /**
   * Whether a report written to {@code one} would overwrite the one written to {@code other}.
   * Devices and pipes such as {@code /dev/null} may receive any number of reports.
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

package io.gb.cli;

import java.io.IOException;
import java.nio.file.Path;

/** Finds out whether two names are those of one file. */
final class RealPath {

  private RealPath() {}

  /** Returns the same for all names of one file, also of one that is yet to be written. */
  static Path of(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      Path absolute = file.toAbsolutePath().normalize();
      Path folder = absolute.getParent();
      Path name = absolute.getFileName();
      return folder == null || name == null ? absolute : of(folder).resolve(name);
    }
  }
}

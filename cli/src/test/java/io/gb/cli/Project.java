package io.gb.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this project is. */
public final class Project {

  private Project() {}

  /** The folder that holds the launcher and the README. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("gb"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not inside the project");
      }
    }
    return folder;
  }
}

package io.gb.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of this project, which contains the module under test. */
public final class Project {

  private Project() {}

  /** The folder that contains the launcher and the README. */
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

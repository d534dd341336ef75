package io.gb.compare;

import io.gb.compare.jmh.JmhReader;
import io.gb.compare.jmh.JmhResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One side of a comparison: the results of one version of the code. Immutable. A benchmark that is
 * in several files has the forks of all of them.
 *
 * @param name its name in the reports
 * @param results the results of all files
 */
public record Side(String name, List<JmhResult> results) {

  /** Copies the list. */
  public Side {
    results = List.copyOf(results);
  }

  /**
   * Reads a side.
   *
   * @param name its name in the reports
   * @param paths files, or directories whose {@code .json} files are read in the order of their
   *     names
   * @return the side
   * @throws IOException if a file cannot be read or is not a JMH result; the message is one line
   *     that names the file
   */
  public static Side read(String name, List<Path> paths) throws IOException {
    List<JmhResult> results = new ArrayList<>();
    for (Path file : files(paths)) {
      results.addAll(JmhReader.read(file));
    }
    return new Side(name, results);
  }

  /**
   * {@return the files that are read for a side}
   *
   * @param paths as for {@link #read}
   * @throws IOException if a directory cannot be read or has no {@code .json} file; the message is
   *     one line that names it
   */
  public static List<Path> files(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      files.addAll(Files.isDirectory(path) ? jsonFiles(path) : List.of(path));
    }
    return files;
  }

  private static List<Path> jsonFiles(Path directory) throws IOException {
    if (!Files.isReadable(directory)) {
      throw new IOException(directory + ": permission denied");
    }
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> files =
          entries
              .filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new IOException(directory + ": contains no .json file");
      }
      return files;
    }
  }
}

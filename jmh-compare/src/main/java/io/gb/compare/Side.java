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
 * One side of a comparison: the results of one version of the code. Immutable. The same benchmark
 * in several files stands for further forks of it.
 *
 * @param name what the reports call it
 * @param results of all its files
 */
public record Side(String name, List<JmhResult> results) {

  /** Copies the list. */
  public Side {
    results = List.copyOf(results);
  }

  /**
   * Reads a side.
   *
   * @param name what the reports call it
   * @param paths files, or directories whose {@code .json} files are read in the order of their
   *     names
   * @throws IOException if one cannot be read or is no JMH result; the message is one line that
   *     names the file
   */
  public static Side read(String name, List<Path> paths) throws IOException {
    List<JmhResult> results = new ArrayList<>();
    for (Path path : paths) {
      for (Path file : Files.isDirectory(path) ? jsonFiles(path) : List.of(path)) {
        results.addAll(JmhReader.read(file));
      }
    }
    return new Side(name, results);
  }

  private static List<Path> jsonFiles(Path directory) throws IOException {
    if (!Files.isReadable(directory)) {
      throw new IOException(directory + ": permission denied");
    }
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> files =
          entries.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      if (files.isEmpty()) {
        throw new IOException(directory + ": holds no .json file");
      }
      return files;
    }
  }
}

package io.gb.compare;

import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.JmhReader;
import io.gb.compare.jmh.JmhResult;
import io.gb.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * Splits a side by the values of a parameter, so that they can be compared with each other.
   *
   * @param parameter name of a parameter of JMH
   * @return a side for each value, {@code impl=new}, in the order in which they first appear; their
   *     results have no such parameter, and those that never had it are left out
   */
  public List<Side> byParameter(String parameter) {
    Map<String, List<JmhResult>> byValue = new LinkedHashMap<>();
    for (JmhResult result : results) {
      Map<String, String> params = new LinkedHashMap<>(result.id().params());
      String value = params.remove(parameter);
      if (value != null) {
        BenchmarkId id = new BenchmarkId(result.id().benchmark(), params, result.id().mode());
        byValue
            .computeIfAbsent(parameter + "=" + value, unused -> new ArrayList<>())
            .add(new JmhResult(id, result.environment(), result.metrics()));
      }
    }
    return byValue.entrySet().stream()
        .map(side -> new Side(ForeignText.line(side.getKey()), side.getValue()))
        .toList();
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

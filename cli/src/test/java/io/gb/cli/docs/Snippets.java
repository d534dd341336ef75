package io.gb.cli.docs;

import io.gb.cli.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The files that pages quote: the examples of this package and the projects of the quickstarts. */
final class Snippets {

  private static final int DEEPEST_INDENTATION = 8;

  private Snippets() {}

  /** Returns all Java files that are quoted. */
  static String sources() throws IOException {
    return read("cli/src/test/java/io/gb/cli/docs", ".java") + read("docs/quickstarts", ".java");
  }

  /** Returns the poms of the quickstarts. */
  static String poms() throws IOException {
    return read("docs/quickstarts", "pom.xml");
  }

  private static String read(String folder, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Path> file : Mentioned.files(end).entrySet()) {
      if (file.getKey().startsWith(folder + "/")) {
        text.append(Files.readString(file.getValue()));
      }
    }
    if (text.isEmpty()) {
      throw new AssertionError(Project.root().resolve(folder) + ": no " + end);
    }
    return text.toString();
  }

  /** Whether a block stands in the files, as a whole and with any indentation. */
  static boolean holds(String files, String block) {
    return IntStream.rangeClosed(0, DEEPEST_INDENTATION)
        .mapToObj(" "::repeat)
        .anyMatch(indentation -> files.contains("\n" + indented(block, indentation)));
  }

  private static String indented(String block, String indentation) {
    return block
        .lines()
        .map(line -> line.isEmpty() ? "\n" : indentation + line + "\n")
        .collect(Collectors.joining());
  }
}

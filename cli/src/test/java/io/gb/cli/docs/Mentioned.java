package io.gb.cli.docs;

import io.gb.cli.Project;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What commands and pages mention of the project: files, modules, profiles and classes. */
final class Mentioned {

  private static List<Path> allFiles = List.of();

  private Mentioned() {}

  /** Returns the words of a command that name something which the project does not have. */
  static List<String> missing(List<String> command) throws IOException {
    List<String> missing = new ArrayList<>();
    Iterator<String> words = command.iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals("-pl")) {
        for (String module : words.next().split(",", -1)) {
          check(missing, module, exists(module + "/pom.xml"));
        }
      } else if (word.startsWith("-P")) {
        check(missing, word.substring(2), hasProfile(word.substring(2)));
      } else if (word.startsWith("-Dtest=")) {
        check(missing, word.substring(7), javaFiles().containsKey(word.substring(7)));
      } else if (word.matches("[\\w.-]+/[\\w./-]+") && !word.contains("target/")) {
        check(missing, word, exists(word));
      }
    }
    return missing;
  }

  private static void check(List<String> missing, String name, boolean isThere) {
    if (!isThere) {
      missing.add(name);
    }
  }

  private static boolean exists(String file) throws IOException {
    return Files.exists(Project.root().resolve(file));
  }

  private static boolean hasProfile(String id) throws IOException {
    for (Path pom : files("pom.xml").values()) {
      if (Files.readString(pom).contains("<id>" + id + "</id>")) {
        return true;
      }
    }
    return false;
  }

  /** Returns the Java files of all modules by the names of their classes. */
  static Map<String, Path> javaFiles() throws IOException {
    Map<String, Path> classes = new TreeMap<>();
    files(".java")
        .forEach(
            (name, file) -> classes.put(name.replaceFirst(".*/", "").replace(".java", ""), file));
    return classes;
  }

  /** Returns the files whose name ends so, by their paths within the project. */
  static Map<String, Path> files(String end) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    Path root = Project.root();
    for (Path file : allFiles()) {
      if (file.toString().endsWith(end)) {
        found.put(root.relativize(file).toString().replace('\\', '/'), file);
      }
    }
    return found;
  }

  /** Returns all files of the project but those that a build has made; walks the folders once. */
  private static synchronized List<Path> allFiles() throws IOException {
    if (allFiles.isEmpty()) {
      Path root = Project.root();
      List<Path> found = new ArrayList<>();
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String name = folder.getFileName().toString();
              boolean isSkipped =
                  name.equals("target") || (name.startsWith(".") && !folder.equals(root));
              return isSkipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
      allFiles = List.copyOf(found);
    }
    return allFiles;
  }
}

package io.gb.compare.limit;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads a file with one gate or budget per line. */
final class LimitFile {

  private LimitFile() {}

  /**
   * Reads a file; empty lines and lines that begin with {@code #} are skipped.
   *
   * @param what a line has, in one word
   * @param parser takes {@code file:line} and the text of the line, and throws an
   *     IllegalArgumentException that says what is wrong with the text
   * @param identity what no two lines may share
   * @throws IllegalArgumentException if a line is wrong or repeats another, or if there is none;
   *     the message names file and line
   * @throws IOException if the file cannot be read; the message names it
   */
  static <T> List<T> read(
      Path file, String what, BiFunction<String, String, T> parser, Function<T, String> identity)
      throws IOException {
    List<T> all = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    int number = 0;
    for (String raw : lines(file)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String place = file + ":" + number;
      try {
        T parsed = parser.apply(place, line);
        Integer first = seen.putIfAbsent(identity.apply(parsed), number);
        if (first != null) {
          throw new IllegalArgumentException("repeats line " + first);
        }
        all.add(parsed);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(place + ": " + line + ": " + e.getMessage(), e);
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(file + ": contains no " + what);
    }
    return List.copyOf(all);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      String text = Files.readString(file);
      return (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": permission denied", e);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8", e);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}

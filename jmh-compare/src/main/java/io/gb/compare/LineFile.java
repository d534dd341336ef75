package io.gb.compare;

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
import java.util.function.Function;

/** Reads a file with one gate or budget in each line. */
final class LineFile {

  /** Reads a line. */
  @FunctionalInterface
  interface Parser<T> {
    /** The place is file and line; an IllegalArgumentException says what is wrong with the text. */
    T parse(String place, String text);
  }

  private LineFile() {}

  /**
   * Reads it; empty lines and those that begin with {@code #} do not count.
   *
   * @param what what a line holds, in one word
   * @param parser reads a line
   * @param identity what no two lines may have in common
   * @throws IllegalArgumentException if a line is none or stands there twice, or if there is none;
   *     the message names file and line
   * @throws IOException if it cannot be read; the message names the file
   */
  static <T> List<T> read(Path file, String what, Parser<T> parser, Function<T, String> identity)
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
        T parsed = parser.parse(place, line);
        Integer first = seen.putIfAbsent(identity.apply(parsed), number);
        if (first != null) {
          throw new IllegalArgumentException("the same as line " + first);
        }
        all.add(parsed);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(place + ": " + line + ": " + e.getMessage(), e);
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(file + ": holds no " + what);
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

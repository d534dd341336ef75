package io.gb.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The parts of the README. */
public final class Readme {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\n(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s']+)");

  private final String text;

  private Readme(String text) {
    this.text = text;
  }

  /** Reads the README of this project. */
  public static Readme read() throws IOException {
    return new Readme(Files.readString(Project.root().resolve("README.md")));
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /** The contents of the fenced blocks of a language. */
  public List<String> blocks(String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** The rows of the first table after a text, without the two lines of its heading. */
  public List<String> rowsBehind(String before) {
    int start = text.indexOf(before);
    if (start < 0) {
      throw new AssertionError("no such text: " + before);
    }
    return text.substring(start)
        .lines()
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .toList();
  }

  /**
   * A command with the output shown for it.
   *
   * @param line the command line
   * @param output the text below it
   */
  public record Shown(String line, String output) {

    /** The arguments of {@code ./gb}; the only quotes in the README are single ones. */
    List<String> arguments() {
      String bare = line.replaceFirst("\\s+#.*", "").replaceFirst("^\\./gb", "");
      List<String> words = new ArrayList<>();
      for (MatchResult word : WORD.matcher(bare).results().toList()) {
        words.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      return words;
    }
  }

  /** The commands in the console blocks, each after a dollar sign, with their output. */
  public List<Shown> sessions() {
    return blocks("console").stream()
        .flatMap(block -> Pattern.compile("(?m)^\\$ ").splitAsStream(block))
        .filter(session -> !session.isEmpty())
        .map(session -> {
          int end = session.indexOf('\n');
          return new Shown(session.substring(0, end), session.substring(end + 1));
        })
        .toList();
  }

  /** The commands in the blocks of examples, which show no output. */
  public List<Shown> examples() {
    return blocks("sh").stream().flatMap(String::lines).map(line -> new Shown(line, "")).toList();
  }
}

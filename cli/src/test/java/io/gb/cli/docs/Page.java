package io.gb.cli.docs;

import io.gb.cli.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One page of the documentation.
 *
 * @param file where it is
 * @param text what it says, in Markdown
 */
public record Page(Path file, String text) {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\n(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s']+)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
  private static final Pattern INLINE = Pattern.compile("`((?:mvn|bench/\\S+) [^`]*)`");
  private static final Pattern THEME = Pattern.compile("\\*\\*(.*)\\*\\*");

  /** Reads a page; the name is that of its file, from the root of the project. */
  public static Page read(String name) throws IOException {
    Path file = Project.root().resolve(name);
    return new Page(file, Files.readString(file));
  }

  /** Reads all pages. */
  static List<Page> all() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String name : List.of("", "docs", "docs/adr")) {
      folders.add(Project.root().resolve(name));
    }
    List<Page> pages = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
          pages.add(new Page(file, Files.readString(file)));
        }
      }
    }
    return pages;
  }

  /** Returns what stands in the fenced blocks of a language. */
  List<String> blocks(String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** Returns the page without its fenced blocks. */
  private String prose() {
    return BLOCK.matcher(text).replaceAll("");
  }

  /**
   * Returns the rows of the tables behind a text, up to the next heading or the next text of that
   * kind, each with the bold line above its table in front of it.
   */
  List<String> rowsBehind(String before) {
    int start = text.indexOf(before);
    if (start < 0) {
      throw new AssertionError(file + ": no such text: " + before);
    }
    List<String> rows = new ArrayList<>();
    String theme = "";
    for (String line : text.substring(start).lines().skip(1).toList()) {
      if (line.startsWith("#") || line.startsWith("`gb ")) {
        break;
      }
      if (THEME.matcher(line).matches()) {
        theme = THEME.matcher(line).replaceAll("$1");
      }
      if (line.startsWith("| `") || line.matches("\\| [0-9]+ .*")) {
        rows.add(theme + line);
      }
    }
    return rows;
  }

  /** Returns the lines of each section whose heading begins so, without the heading. */
  List<List<String>> sections(String heading) {
    return Stream.of(text.split("(?m)^## ", -1))
        .filter(section -> section.startsWith(heading))
        .map(section -> section.lines().skip(1).toList())
        .toList();
  }

  /**
   * A link to something in the project.
   *
   * @param file the file or folder it leads to
   * @param anchor the heading it leads to, as GitHub spells it; empty for none
   */
  record Link(Path file, String anchor) {

    /** Whether the file is there, and has the heading. */
    boolean leadsSomewhere() {
      try {
        return Files.exists(file)
            && (anchor.isEmpty() || new Page(file, Files.readString(file)).hasAnchor(anchor));
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Returns all links to something in the project. */
  List<Link> links() {
    return LINK.matcher(prose()).results().map(this::link).toList();
  }

  private Link link(MatchResult found) {
    Path to = found.group(1).isEmpty() ? file : file.resolveSibling(found.group(1)).normalize();
    return new Link(to, found.group(2) == null ? "" : found.group(2));
  }

  private boolean hasAnchor(String anchor) {
    return HEADING
        .matcher(prose())
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}0-9 _-]", "").replace(' ', '-'))
        .anyMatch(anchor::equals);
  }

  /**
   * A command with the output shown for it.
   *
   * @param line the command line
   * @param output the text below it
   */
  record Shown(String line, String output) {

    /** Whether it is a command of gb. */
    boolean isGb() {
      return line.startsWith("./gb ");
    }

    /** Returns the words of the command, without a comment; the pages have single quotes only. */
    List<String> words() {
      List<String> words = new ArrayList<>();
      for (MatchResult word : WORD.matcher(line.replaceFirst("\\s+#.*", "")).results().toList()) {
        words.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      return words;
    }

    /** Returns what the output has to match; {@code ...} stands for any lines, or part of one. */
    Pattern pattern() {
      return Pattern.compile(output.lines().map(Shown::pattern).collect(Collectors.joining()));
    }

    private static String pattern(String line) {
      if (line.strip().equals("...")) {
        return "(?:.*\n)*?";
      }
      return Stream.of(line.split("\\.\\.\\.", -1))
          .map(Pattern::quote)
          .collect(Collectors.joining(".*", "", "\n"));
    }
  }

  /** Returns the commands in the blocks of a language, each behind a dollar sign, with outputs. */
  List<Shown> sessions(String language) {
    return blocks(language).stream()
        .flatMap(block -> Pattern.compile("(?m)^\\$ ").splitAsStream(block).skip(1))
        .map(session -> {
          int end = session.indexOf('\n');
          return new Shown(session.substring(0, end), session.substring(end + 1));
        })
        .toList();
  }

  /** Returns the commands that are shown without output, in blocks or in a sentence. */
  List<Shown> examples() {
    return Stream.concat(
            blocks("sh").stream().flatMap(String::lines),
            INLINE.matcher(prose()).results().map(found -> found.group(1)))
        .map(line -> new Shown(line, ""))
        .toList();
  }
}

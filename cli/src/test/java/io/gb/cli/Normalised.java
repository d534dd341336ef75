package io.gb.cli;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces in the output of the command each figure that differs from run to run by {@code #},
 * joins rows that were broken at 80 columns, and drops the lines about the processor, which a short
 * run may not have. A figure in a column keeps its width.
 */
public final class Normalised {

  /** Where a row is broken depends on its figures. The rows of ab that begin so are not broken. */
  private static final Pattern CONTINUED = Pattern.compile("\\n {24}(?=\\S)(?![0-9.]+ kb/s)");

  private static final Pattern ROW =
      Pattern.compile("(?m)^(?:Connect|Processing|Waiting|Total): .*$");
  private static final Pattern PERCENTILE = Pattern.compile("(?m)^( *[0-9]+%)( +[0-9]+)");
  private static final Pattern COLUMN = Pattern.compile(" +[0-9]+(?:\\.[0-9]+)?");
  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^(?:Server Port|Time taken for tests|Requests per second|Time per request|"
              + "Transfer rate| {24}[0-9]|Total body sent|Latency|Failed, |Under way at)"
              + ".*$");
  private static final Pattern CELLS =
      Pattern.compile(
          "(?m)^<tr .*>(?:Server Port|Time taken for tests|Requests per second|Transfer"
              + " rate|Connect|Processing|Total):</th>.*$");
  private static final Pattern FIGURE = Pattern.compile("(?<= )[0-9]+(?:\\.[0-9]+)?");

  private Normalised() {}

  /** The output of a command in a form that is the same in each run. */
  public static String text(String text) {
    String joined = CONTINUED.matcher(text).replaceAll(" ");
    String rows = replace(ROW, joined, row -> replace(COLUMN, row.group(), Normalised::blank));
    String tables = replace(PERCENTILE, rows, row -> row.group(1) + blank(row.group(2)));
    String html = replace(CELLS, tables, row -> row.group().replaceAll("> *[0-9.]+", ">#"));
    return replace(LINE, html, line -> replace(FIGURE, line.group(), figure -> "#"))
        .replaceAll("(?m)^WARNING: .*\n.*\n", "")
        .replaceAll("(?m)^(CPU of this process|Bottleneck): .*\n", "")
        .replaceAll("(?<=127\\.0\\.0\\.1:)[0-9]+", "#")
        .replaceAll("(?<=This is gb, Version )\\S+", "#");
  }

  private static String blank(MatchResult figure) {
    return blank(figure.group());
  }

  private static String blank(String figure) {
    return String.format(Locale.ROOT, "%" + figure.length() + "s", "#");
  }

  /** What takes the place of a match. */
  @FunctionalInterface
  private interface Replacement {
    String of(MatchResult match);
  }

  private static String replace(Pattern pattern, String text, Replacement replacement) {
    return pattern
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement.of(match)));
  }
}

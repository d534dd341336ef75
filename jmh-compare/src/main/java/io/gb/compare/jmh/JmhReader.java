package io.gb.compare.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads the files that JMH 1.19 to 1.37 writes with {@code -rf json}. It streams: memory is needed
 * for the scores, not for the text. Thread-safe.
 */
public final class JmhReader {

  /**
   * JMH escapes neither backslashes nor the line breaks that its layout puts into strings. Commas
   * at the end and bare NaN come from tools that cut files or put them together.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private static final int OTHER_START = 200;

  /**
   * The first line of what JMH writes with {@code -rf csv}, {@code scsv} or {@code text}, or
   * prints.
   */
  private static final Pattern OTHER =
      Pattern.compile(
          "\\s*(?:# JMH |\"Benchmark\"[,;]\"Mode\"|Benchmark\\s.*\\bMode\\s.*\\bScore)");

  /** A file that can be opened several times. */
  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  private JmhReader() {}

  /**
   * Reads a file.
   *
   * @param file a file or a pipe
   * @return the results in the order of the file, at least one
   * @throws JmhFormatException if the file is broken, truncated, empty or not a JMH result; the
   *     message is one line that names the file, and line and column unless it is empty
   * @throws IOException if the file cannot be read; the message is one line that names it
   */
  public static List<JmhResult> read(Path file) throws IOException {
    try {
      // A pipe can be read only once.
      byte[] piped = Files.isRegularFile(file) ? null : Files.readAllBytes(file);
      return read(
          file.toString(),
          () -> piped == null ? Files.newInputStream(file) : new ByteArrayInputStream(piped));
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": permission denied", e);
    } catch (JmhFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Reads bytes: the parser's own decoder is the fastest, but rejects what is not UTF-8. */
  private static List<JmhResult> read(String file, Source source) throws IOException {
    try (InputStream in = source.open();
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      return results(file, new JsonCursor(file, parser));
    } catch (JacksonException | JmhFormatException e) {
      return readCharacters(file, source);
    }
  }

  /** Reads characters: replaces what is not UTF-8, and counts columns in characters. */
  private static List<JmhResult> readCharacters(String file, Source source) throws IOException {
    if (isOtherOutput(source)) {
      throw new JmhFormatException(
          file
              + ": is JMH's text or CSV output, which lacks the scores of the forks; run JMH with"
              + " -rf json");
    }
    try (Reader reader = reader(source);
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), reader)) {
      return results(file, new JsonCursor(file, parser));
    } catch (JacksonException e) {
      TokenStreamLocation place = e.getLocation();
      String where = place == null ? "" : ":" + place.getLineNr() + ":" + place.getColumnNr();
      throw new JmhFormatException(file + where + ": " + whatIsWrong(source, e, place));
    }
  }

  private static String whatIsWrong(
      Source source, JacksonException e, @Nullable TokenStreamLocation place) throws IOException {
    if (isGzipped(source)) {
      return "is compressed with gzip; decompress it first";
    }
    // The parser reports another error if the text ends within a number or a literal.
    boolean isAtEnd = place != null && place.getCharOffset() >= length(source) - 1;
    if (e instanceof UnexpectedEndOfInputException || isAtEnd) {
      return "ends in the middle; is it truncated?";
    }
    return "is not valid JSON: " + e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static boolean isGzipped(Source source) throws IOException {
    try (InputStream in = source.open()) {
      return in.read() == 0x1F && in.read() == 0x8B;
    }
  }

  private static boolean isOtherOutput(Source source) throws IOException {
    try (Reader reader = reader(source)) {
      char[] start = new char[OTHER_START];
      int length = reader.read(start);
      return length > 0 && OTHER.matcher(new String(start, 0, length)).lookingAt();
    }
  }

  private static long length(Source source) throws IOException {
    try (Reader reader = reader(source)) {
      return reader.transferTo(Writer.nullWriter());
    }
  }

  private static Reader reader(Source source) throws IOException {
    Reader reader = new BufferedReader(new InputStreamReader(source.open(), UTF_8), 1 << 16);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  private static List<JmhResult> results(String file, JsonCursor json) throws JmhFormatException {
    if (!json.advance()) {
      throw new JmhFormatException(file + ": is empty");
    }
    if (!json.isArray()) {
      throw json.wrong("not a JMH result: it must be an array of results");
    }
    List<JmhResult> results = new ArrayList<>();
    Map<Environment, Environment> environments = new HashMap<>();
    json.array(
        "a file",
        () -> {
          JmhResult result = ResultReader.read(json);
          // Most entries have the same environment: keep one object, not thousands.
          Environment environment =
              environments.computeIfAbsent(result.environment(), known -> known);
          results.add(new JmhResult(result.id(), environment, result.metrics()));
        });
    boolean isMore;
    try {
      isMore = json.advance();
    } catch (JacksonException e) {
      isMore = true;
    }
    if (isMore) {
      throw json.wrong("text follows the results; are these two files in one?");
    }
    if (results.isEmpty()) {
      throw new JmhFormatException(file + ": contains no results");
    }
    return List.copyOf(results);
  }
}

package io.gb.compare.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads what JMH 1.19 to 1.37 writes with {@code -rf json}. It streams: memory is needed for the
 * scores, not for the text. Thread-safe, since it has no state.
 */
public final class JmhReader {

  /** JMH escapes neither backslashes nor the line breaks its own layout puts into texts. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private JmhReader() {}

  /**
   * Reads a file.
   *
   * @return its results in their order, at least one
   * @throws JmhFormatException if the file is broken, truncated, empty or no JMH result; the
   *     message is one line that names the file, line and column
   * @throws IOException if it cannot be read; the message is one line that names the file
   */
  public static List<JmhResult> read(Path file) throws IOException {
    try {
      return readBytes(file);
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

  /**
   * The parser's own decoder is the fastest; but it rejects names in a charset other than UTF-8.
   */
  private static List<JmhResult> readBytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      return results(file.toString(), new JsonCursor(file.toString(), parser));
    } catch (JacksonException | JmhFormatException e) {
      return readCharacters(file);
    }
  }

  /** Takes what is no UTF-8 for replacement characters, and counts columns in characters. */
  private static List<JmhResult> readCharacters(Path file) throws IOException {
    try (Reader reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8), 1 << 16)) {
      skipByteOrderMark(reader);
      return read(file.toString(), reader);
    }
  }

  private static List<JmhResult> read(String file, Reader reader) throws JmhFormatException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), reader)) {
      return results(file, new JsonCursor(file, parser));
    } catch (UnexpectedEndOfInputException e) {
      throw broken(file, e, "ends in the middle; is it truncated?");
    } catch (JacksonException e) {
      String message = e.getOriginalMessage().lines().findFirst().orElse("");
      throw broken(file, e, "is not valid JSON: " + message);
    }
  }

  private static List<JmhResult> results(String file, JsonCursor json) throws JmhFormatException {
    if (!json.advance()) {
      throw new JmhFormatException(file + ": is empty");
    }
    if (!json.isArray()) {
      throw json.wrong("no JMH result: it must be an array of results");
    }
    List<JmhResult> results = new ArrayList<>();
    Map<Environment, Environment> environments = new HashMap<>();
    json.array(
        "a file",
        () -> {
          JmhResult result = ResultReader.read(json);
          // Mostly the same for all entries: keep one, not thousands.
          Environment environment =
              environments.computeIfAbsent(result.environment(), known -> known);
          results.add(new JmhResult(result.id(), environment, result.metrics()));
        });
    if (json.advance()) {
      throw json.wrong("more text behind the results; are these two files in one?");
    }
    if (results.isEmpty()) {
      throw new JmhFormatException(file + ": holds no results");
    }
    return List.copyOf(results);
  }

  private static JmhFormatException broken(String file, JacksonException e, String message) {
    TokenStreamLocation place = e.getLocation();
    String where = place == null ? "" : ":" + place.getLineNr() + ":" + place.getColumnNr();
    return new JmhFormatException(file + where + ": " + message);
  }

  private static void skipByteOrderMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }
}

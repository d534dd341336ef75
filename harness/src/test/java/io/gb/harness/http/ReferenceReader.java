package io.gb.harness.http;

import io.gb.harness.http.response.Sloppiness;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Header;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a response that is there as a whole, with the end of the connection behind it, as {@code
 * docs/http-parsing.md} says: what each engine has to make of it. It shares no code with the
 * engines, and takes whole lines where they take bytes.
 */
final class ReferenceReader {

  private static final int MAX_LINE = 65_534;
  private static final int MAX_SECTION = 262_144;
  private static final int MAX_FIELDS = 999;
  private static final int MAX_EMPTY_LINES = 9;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.(?<minor>[0-9]) (?<code>[1-9][0-9]{2})( .*)?", Pattern.DOTALL);
  private static final Pattern SLOPPY_STATUS_LINE =
      Pattern.compile(
          "[ \t]*HTTP/1\\.(?<minor>[0-9])[ \t]+(?<code>[1-9][0-9]{2})([ \t].*)?", Pattern.DOTALL);
  private static final Pattern SIZE =
      Pattern.compile("[ \t]*(?<size>[0-9a-fA-F]+)[ \t]*(;.*)?", Pattern.DOTALL);

  /**
   * What is to be made of a response.
   *
   * @param seen what an engine has to see
   * @param sloppy what it has to count if that is no failure
   * @param surplus whether more bytes follow, so that only time tells whether the connection is
   *     kept
   */
  record Reading(Seen seen, Set<Sloppiness> sloppy, boolean surplus) {

    boolean allows(Seen other) {
      return surplus ? seen.equalsButForReuse(other) : seen.equals(other);
    }
  }

  private record Field(String name, String value) {}

  private record Head(char minorVersion, int status, List<Field> fields) {

    boolean has(String name) {
      return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    List<String> elements(String name) {
      return fields.stream()
          .filter(field -> field.name().equalsIgnoreCase(name))
          .flatMap(field -> Arrays.stream(field.value().split(",", -1)))
          .map(value -> value.replaceAll("^[ \t]+|[ \t]+$", ""))
          .toList();
    }

    List<String> namedElements(String name) {
      return elements(name).stream().filter(element -> !element.isEmpty()).toList();
    }

    boolean hasElement(String name, String element) {
      return elements(name).stream().anyMatch(element::equalsIgnoreCase);
    }
  }

  /** Ends the reading. */
  private static final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;

    Malformed(ErrorKind kind) {
      super(null, null, false, false);
      this.kind = kind;
    }
  }

  /** The connection ends within a line, or before it is clear whether the line goes on. */
  private static final class Cut extends Exception {

    private static final long serialVersionUID = 1L;

    Cut() {
      super(null, null, false, false);
    }
  }

  private final String method;
  private final String bytes;
  private final Set<Sloppiness> sloppy = EnumSet.noneOf(Sloppiness.class);
  private boolean surplus;
  private int at;

  private ReferenceReader(String method, String bytes) {
    this.method = method;
    this.bytes = bytes;
  }

  /** Reads the response to a request of this method, a character a byte. */
  static Reading read(String method, String bytes) {
    ReferenceReader reader = new ReferenceReader(method, bytes);
    Seen seen;
    try {
      seen = reader.response();
    } catch (Malformed e) {
      seen = Seen.failed(e.kind);
    } catch (Cut e) {
      seen = Seen.failed(bytes.isEmpty() ? ErrorKind.NO_RESPONSE : ErrorKind.RECEIVE);
    }
    return new Reading(seen, reader.sloppy, reader.surplus);
  }

  private static Malformed malformed() {
    return new Malformed(ErrorKind.RECEIVE);
  }

  private void addIf(boolean isSo, Sloppiness kind) {
    if (isSo) {
      sloppy.add(kind);
    }
  }

  private Seen response() throws Malformed, Cut {
    while (true) {
      Head head = head();
      boolean canHaveBody =
          head.status() >= 200
              && head.status() != 204
              && head.status() != 304
              && !method.equals("HEAD");
      boolean valid = checkFraming(head, canHaveBody);
      if (head.status() == 101) {
        throw malformed();
      }
      if (head.status() >= 200) {
        return body(head, canHaveBody, valid);
      }
    }
  }

  private Head head() throws Malformed, Cut {
    int start = at;
    String line = line();
    for (int i = 0; line.isEmpty(); i++) {
      sloppy.add(Sloppiness.EMPTY_LINES_FIRST);
      if (i == MAX_EMPTY_LINES) {
        throw malformed();
      }
      line = line();
    }
    Matcher parts = STATUS_LINE.matcher(line);
    if (!parts.matches()) {
      sloppy.add(Sloppiness.STATUS_LINE_BLANKS);
      parts = SLOPPY_STATUS_LINE.matcher(line);
      if (!parts.matches()) {
        throw malformed();
      }
    }
    return new Head(
        parts.group("minor").charAt(0), Integer.parseInt(parts.group("code")), fields(start));
  }

  /** Reads one line without its end. */
  private String line() throws Malformed, Cut {
    int lf = bytes.indexOf('\n', at);
    boolean complete = lf >= 0;
    String text = bytes.substring(at, complete ? lf : bytes.length());
    boolean endsByCr = text.endsWith("\r");
    text = endsByCr ? text.substring(0, text.length() - 1) : text;
    if (text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0 || text.length() > MAX_LINE) {
      throw malformed();
    }
    if (!complete) {
      throw new Cut();
    }
    at = lf + 1;
    addIf(!endsByCr, Sloppiness.LF_ALONE);
    return text;
  }

  /** Reads a line and those that it goes on in. */
  private String foldedLine() throws Malformed, Cut {
    int start = at;
    StringBuilder text = new StringBuilder(line());
    while (!text.isEmpty()) {
      if (at == bytes.length()) {
        throw new Cut();
      }
      if (" \t".indexOf(bytes.charAt(at)) < 0) {
        break;
      }
      sloppy.add(Sloppiness.FOLDED_LINE);
      text.append(" ".repeat(at - start - text.length())).append(line());
      if (text.length() > MAX_LINE) {
        throw malformed();
      }
    }
    return text.toString();
  }

  private List<Field> fields(int start) throws Malformed, Cut {
    List<Field> fields = new ArrayList<>();
    while (true) {
      String line = foldedLine();
      if (at - start > MAX_SECTION) {
        throw malformed();
      }
      if (line.isEmpty()) {
        return fields;
      }
      int colon = line.indexOf(':');
      if (fields.size() == MAX_FIELDS || colon < 1 || line.matches("(?s)[ \t].*")) {
        throw malformed();
      }
      String name = line.substring(0, colon);
      if (!Header.isToken(name)) {
        name = name.replaceAll("[ \t]+$", "");
        sloppy.add(Header.isToken(name) ? Sloppiness.BLANK_BEFORE_COLON : Sloppiness.FIELD_NAME);
      }
      fields.add(new Field(name, line.substring(colon + 1)));
    }
  }

  /** Returns whether the framing says where the body ends, or nothing. */
  private boolean checkFraming(Head head, boolean canHaveBody) throws Malformed {
    List<String> codings = head.namedElements("Transfer-Encoding");
    List<String> lengths = head.namedElements("Content-Length");
    boolean hasCoding = head.has("Transfer-Encoding");
    boolean hasLength = head.has("Content-Length");
    boolean valid =
        hasCoding
            ? codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")
            : !hasLength
                || (lengths.stream().allMatch(length -> fits(length, 10))
                    && lengths.stream().map(Long::valueOf).distinct().count() == 1);
    if (!valid) {
      if (canHaveBody) {
        throw malformed();
      }
      sloppy.add(Sloppiness.FRAMING_WITHOUT_BODY);
      return false;
    }
    addIf(
        head.elements("Transfer-Encoding").contains("")
            || head.elements("Content-Length").contains(""),
        Sloppiness.EMPTY_ELEMENT);
    addIf(!hasCoding && lengths.size() > 1, Sloppiness.EQUAL_LENGTHS);
    addIf(hasCoding && hasLength, Sloppiness.LENGTH_BESIDE_CHUNKS);
    addIf(hasCoding && head.minorVersion() == '0', Sloppiness.CHUNKS_IN_1_0);
    return true;
  }

  private static boolean fits(String digits, int radix) {
    try {
      return digits.matches("[0-9a-fA-F]+") && Long.parseLong(digits, radix) >= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Seen body(Head head, boolean canHaveBody, boolean validFraming) throws Malformed {
    boolean hasCoding = head.has("Transfer-Encoding");
    List<String> lengths = head.namedElements("Content-Length");
    boolean reusable = isPersistent(head, validFraming);
    long length = 0;
    if (canHaveBody && hasCoding) {
      length = chunks();
      reusable &= !sloppy.contains(Sloppiness.NO_LAST_LINE);
    } else if (canHaveBody && lengths.isEmpty()) {
      return Seen.completed(head.status(), bytes.length() - at, false);
    } else if (canHaveBody) {
      length = Long.parseLong(lengths.getFirst());
      pass(length);
    } else if (head.status() == 204) {
      reusable &=
          !hasCoding && lengths.stream().allMatch(one -> fits(one, 10) && Long.parseLong(one) == 0);
    }
    surplus = reusable && at < bytes.length();
    return Seen.completed(head.status(), length, reusable);
  }

  private static boolean isPersistent(Head head, boolean validFraming) {
    boolean in10 = head.minorVersion() == '0';
    boolean doubtful = head.has("Content-Length") || in10;
    boolean mustClose = validFraming && head.has("Transfer-Encoding") && doubtful;
    return !mustClose
        && !head.hasElement("Connection", "close")
        && (!in10 || head.hasElement("Connection", "keep-alive"));
  }

  private void pass(long length) throws Malformed {
    if (bytes.length() - at < length) {
      throw new Malformed(ErrorKind.LENGTH);
    }
    at += (int) length;
  }

  private long chunks() throws Malformed {
    long total = 0;
    while (true) {
      long size = chunkSize();
      if (size == 0) {
        try {
          fields(at);
        } catch (Cut e) {
          sloppy.add(Sloppiness.NO_LAST_LINE);
        }
        return total;
      }
      pass(size);
      total += size;
      String rest = bytes.substring(at, Math.min(bytes.length(), at + 2));
      if (rest.isEmpty() || rest.equals("\r")) {
        throw new Malformed(ErrorKind.LENGTH);
      }
      boolean lfAlone = rest.startsWith("\n");
      if (!lfAlone && !rest.equals("\r\n")) {
        throw malformed();
      }
      addIf(lfAlone, Sloppiness.LF_ALONE);
      at += lfAlone ? 1 : 2;
    }
  }

  private long chunkSize() throws Malformed {
    int start = at;
    boolean cut = false;
    String text;
    try {
      text = line();
    } catch (Cut e) {
      cut = true;
      text = bytes.substring(start).replaceAll("\r$", "");
      if (bytes.substring(start).matches("[ \t]*")) {
        throw new Malformed(ErrorKind.LENGTH);
      }
    }
    Matcher size = SIZE.matcher(text);
    if (!size.matches() || !fits(size.group("size"), 16)) {
      throw malformed();
    }
    if (cut) {
      throw new Malformed(ErrorKind.LENGTH);
    }
    addIf(text.startsWith(" ") || text.startsWith("\t"), Sloppiness.BLANK_BEFORE_SIZE);
    return Long.parseLong(size.group("size"), 16);
  }
}

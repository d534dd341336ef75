package io.gb.harness.http;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Header;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a response that is there as a whole, with the end of the connection behind it, strictly by
 * RFC 9112: what the loop has to make of it. On the way it recognises each {@link Difference}; for
 * that, it reads all lines of a head or a trailer section even if one is malformed, as the library
 * does, which may join two to one.
 */
final class ReferenceReader {

  private static final int MAX_LINE = 65_534;
  private static final int MAX_FIELDS = 999;
  private static final int LIBRARYS_EMPTY_LINES = 10;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.(?<minor>[0-9]) (?<code>[1-9][0-9]{2})( .*)?", Pattern.DOTALL);
  private static final Pattern LIBRARYS_STATUS_LINE =
      Pattern.compile(
          "[ \t]*HTTP/(\\+?0*[01]|-0+)(\\.(\\+?[0-9]+|-0+))?[ \t]+[1-9][0-9]{2}([ \t].*)?",
          Pattern.DOTALL);
  private static final Pattern LENGTH = Pattern.compile("0*[0-9]{1,19}");
  private static final Pattern SIGNED_LENGTH = Pattern.compile("\\+[0-9]+|-0+");
  private static final Pattern SIZE =
      Pattern.compile("(?<size>[0-9a-fA-F]+)[ \t]*(;.*)?", Pattern.DOTALL);
  private static final Pattern SIGNED_SIZE =
      Pattern.compile("(\\+[0-9a-fA-F]+|-0+)[ \t]*(;.*)?", Pattern.DOTALL);

  /**
   * What is to be made of a response.
   *
   * @param seen what the loop has to see
   * @param differences why the library may see something else
   */
  record Reading(Seen seen, Set<Difference> differences) {}

  private record Line(String text, boolean endsByCr, boolean isComplete) {}

  private record Field(String name, String value) {}

  private record Head(char minorVersion, int status, List<Field> fields) {

    List<String> values(String name) {
      return fields.stream()
          .filter(field -> field.name().equalsIgnoreCase(name))
          .map(Field::value)
          .toList();
    }

    List<String> elements(String name) {
      return values(name).stream()
          .flatMap(value -> Arrays.stream(value.split(",", -1)))
          .map(ReferenceReader::withoutBlanks)
          .toList();
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

  private final String method;
  private final String bytes;
  private final Set<Difference> differences = EnumSet.noneOf(Difference.class);
  private int at;

  private ReferenceReader(String method, String bytes) {
    this.method = method;
    this.bytes = bytes;
  }

  /** Reads the response to a request of this method, a character a byte. */
  static Reading read(String method, String bytes) {
    ReferenceReader reader = new ReferenceReader(method, bytes);
    try {
      return new Reading(reader.response(), reader.differences);
    } catch (Malformed e) {
      return new Reading(Seen.failed(e.kind), reader.differences);
    }
  }

  private Seen response() throws Malformed {
    while (true) {
      Head head = head();
      boolean canHaveBody =
          head.status() >= 200
              && head.status() != 204
              && head.status() != 304
              && !method.equals("HEAD");
      checkFraming(head, canHaveBody);
      if (head.status() == 101) {
        throw new Malformed(ErrorKind.RECEIVE);
      }
      if (head.status() >= 200) {
        return body(head, canHaveBody);
      }
    }
  }

  private Head head() throws Malformed {
    int start = at;
    Line line = nextLine();
    if (!line.isComplete()) {
      if (start < bytes.length()) {
        differences.add(Difference.CUT_HEAD);
      }
      throw new Malformed(bytes.isEmpty() ? ErrorKind.NO_RESPONSE : ErrorKind.RECEIVE);
    }
    Matcher statusLine = STATUS_LINE.matcher(line.text());
    if (!isText(line) || !statusLine.matches()) {
      recogniseStatusLine(line, start);
      throw new Malformed(ErrorKind.RECEIVE);
    }
    List<Field> fields = fields(false, Difference.CUT_HEAD, ErrorKind.RECEIVE);
    return new Head(
        statusLine.group("minor").charAt(0), Integer.parseInt(statusLine.group("code")), fields);
  }

  private void recogniseStatusLine(Line line, int start) {
    if (line.text().isEmpty()) {
      Pattern tooMany = Pattern.compile("(\r?\n){" + LIBRARYS_EMPTY_LINES + "}");
      if (!tooMany.matcher(bytes).region(start, bytes.length()).lookingAt()) {
        differences.add(Difference.EMPTY_LINES_FIRST);
      }
    } else if (LIBRARYS_STATUS_LINE.matcher(line.text()).matches()
        && !STATUS_LINE.matcher(line.text()).matches()) {
      differences.add(Difference.STATUS_LINE);
    }
  }

  /** Reads the next line, or the beginning of one; its CR is not part of the text. */
  private Line nextLine() {
    int lf = bytes.indexOf('\n', at);
    String text = bytes.substring(at, lf < 0 ? bytes.length() : lf);
    at = lf < 0 ? bytes.length() : lf + 1;
    boolean endsByCr = text.endsWith("\r");
    return new Line(endsByCr ? text.substring(0, text.length() - 1) : text, endsByCr, lf >= 0);
  }

  /** Whether nothing is wrong with a line, whatever it should say. */
  private boolean isText(Line line) {
    boolean lfAlone = line.isComplete() && !line.endsByCr();
    boolean hasCr = line.text().indexOf('\r') >= 0;
    boolean hasNul = line.text().indexOf('\0') >= 0;
    addIf(lfAlone, Difference.LF_ALONE);
    addIf(hasCr, Difference.CR_ALONE);
    addIf(hasNul, Difference.NUL);
    return !lfAlone && !hasCr && !hasNul && line.text().length() <= MAX_LINE;
  }

  private void addIf(boolean isSo, Difference difference) {
    if (isSo) {
      differences.add(difference);
    }
  }

  private List<Field> fields(boolean trailers, Difference ifCut, ErrorKind kindIfCut)
      throws Malformed {
    List<Field> fields = new ArrayList<>();
    boolean wellFormed = true;
    for (int count = 0; ; count++) {
      Line line = nextLine();
      if (!line.isComplete()) {
        differences.add(ifCut);
        wellFormed &= isText(line) && beginsField(line);
        throw new Malformed(wellFormed ? kindIfCut : ErrorKind.RECEIVE);
      }
      boolean isText = isText(line);
      if (line.text().isEmpty()) {
        if (!isText || !wellFormed) {
          throw new Malformed(ErrorKind.RECEIVE);
        }
        return fields;
      }
      wellFormed &= isText && count < MAX_FIELDS && isField(line.text(), count == 0, trailers);
      if (wellFormed) {
        int colon = line.text().indexOf(':');
        fields.add(
            new Field(
                line.text().substring(0, colon), withoutBlanks(line.text().substring(colon + 1))));
      }
    }
  }

  private static String withoutBlanks(String value) {
    return value.replaceAll("^[ \t]+|[ \t]+$", "");
  }

  /** Whether what there is of a line may become a field. */
  private static boolean beginsField(Line line) {
    int colon = line.text().indexOf(':');
    if (colon >= 0) {
      return Header.isToken(line.text().substring(0, colon));
    }
    return line.text().isEmpty() || (!line.endsByCr() && Header.isToken(line.text()));
  }

  private boolean isField(String text, boolean first, boolean trailers) {
    if (text.startsWith(" ") || text.startsWith("\t")) {
      differences.add(first ? Difference.BLANK_BEFORE_FIELDS : Difference.FOLDED_LINE);
      return false;
    }
    int colon = text.indexOf(':');
    if (colon <= 0) {
      return false;
    }
    String name = text.substring(0, colon);
    if (Header.isToken(name)) {
      return true;
    }
    if (!Header.isToken(name.replaceAll("[ \t]+$", ""))) {
      differences.add(Difference.FIELD_NAME);
    } else if (!trailers) {
      differences.add(Difference.BLANK_BEFORE_COLON);
    }
    return false;
  }

  private void checkFraming(Head head, boolean canHaveBody) throws Malformed {
    List<String> codings = head.elements("Transfer-Encoding");
    List<String> lengths = head.values("Content-Length");
    boolean valid = isValid(lengths, codings, canHaveBody);
    if (!codings.isEmpty()) {
      List<String> named = codings.stream().filter(Predicate.not(String::isEmpty)).toList();
      if (named.size() != 1 || !named.getFirst().equalsIgnoreCase("chunked")) {
        addIf(!canHaveBody, Difference.FRAMING_WITHOUT_BODY);
        throw new Malformed(ErrorKind.RECEIVE);
      }
      boolean withEmpty = codings.size() > 1;
      boolean in10 = head.minorVersion() == '0';
      addIf(withEmpty, Difference.EMPTY_CODING);
      addIf(!lengths.isEmpty(), Difference.LENGTH_BESIDE_CHUNKS);
      addIf(in10, Difference.CHUNKS_IN_1_0);
      valid &= !withEmpty && !in10 && lengths.isEmpty();
    }
    if (!valid) {
      throw new Malformed(ErrorKind.RECEIVE);
    }
  }

  private boolean isValid(List<String> lengths, List<String> codings, boolean canHaveBody) {
    if (lengths.isEmpty() || (lengths.size() == 1 && isLength(lengths.getFirst()))) {
      return true;
    }
    if (!canHaveBody) {
      differences.add(Difference.FRAMING_WITHOUT_BODY);
    } else if (lengths.size() == 1 && codings.isEmpty()) {
      addIf(SIGNED_LENGTH.matcher(lengths.getFirst()).matches(), Difference.SIGNED_LENGTH);
    }
    return false;
  }

  private static boolean isLength(String value) {
    return LENGTH.matcher(value).matches() && fits(value, 10);
  }

  private static boolean fits(String digits, int radix) {
    try {
      return Long.parseLong(digits, radix) >= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Seen body(Head head, boolean canHaveBody) throws Malformed {
    List<String> lengths = head.values("Content-Length");
    boolean chunked = !head.values("Transfer-Encoding").isEmpty();
    long length;
    if (!canHaveBody) {
      length = 0;
    } else if (chunked) {
      length = chunks();
    } else if (lengths.isEmpty()) {
      return Seen.completed(head.status(), bytes.length() - at, false);
    } else {
      length = Long.parseLong(lengths.getFirst());
      pass(length);
    }
    boolean announcesNonsense =
        head.status() == 204
            && (chunked || (!lengths.isEmpty() && Long.parseLong(lengths.getFirst()) > 0));
    boolean reusable = isPersistent(head) && !announcesNonsense;
    addIf(reusable && at < bytes.length(), Difference.SURPLUS);
    return Seen.completed(head.status(), length, reusable);
  }

  private boolean isPersistent(Head head) {
    boolean close = head.hasElement("Connection", "close");
    boolean keepAlive = head.hasElement("Connection", "keep-alive");
    boolean in10 = head.minorVersion() == '0';
    boolean persistent = !close && (!in10 || keepAlive);
    if (head.values("Connection").isEmpty() && !head.values("Proxy-Connection").isEmpty()) {
      boolean forLibrary =
          in10
              ? head.hasElement("Proxy-Connection", "keep-alive")
              : !head.hasElement("Proxy-Connection", "close");
      addIf(persistent != forLibrary, Difference.PROXY_CONNECTION);
    }
    addIf(in10 && close && keepAlive, Difference.CLOSE_BESIDE_KEEP_ALIVE);
    return persistent;
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
        fields(true, Difference.CUT_LAST_CHUNK, ErrorKind.LENGTH);
        return total;
      }
      pass(size);
      total += size;
      String rest = bytes.substring(at, Math.min(bytes.length(), at + 2));
      if (!rest.equals("\r\n")) {
        addIf(rest.startsWith("\n"), Difference.LF_ALONE);
        addIf(rest.isEmpty(), Difference.CUT_BEHIND_CHUNK);
        throw new Malformed(
            rest.isEmpty() || rest.equals("\r") ? ErrorKind.LENGTH : ErrorKind.RECEIVE);
      }
      at += 2;
    }
  }

  private long chunkSize() throws Malformed {
    Line line = nextLine();
    String text = line.text();
    boolean isText = isText(line);
    if (!line.isComplete() && isText && text.isEmpty() && !line.endsByCr()) {
      throw new Malformed(ErrorKind.LENGTH);
    }
    Matcher size = SIZE.matcher(text);
    if (!size.matches() || !fits(size.group("size"), 16)) {
      recogniseSize(text);
      throw new Malformed(ErrorKind.RECEIVE);
    }
    if (!isText) {
      throw new Malformed(ErrorKind.RECEIVE);
    }
    long value = Long.parseLong(size.group("size"), 16);
    if (!line.isComplete()) {
      addIf(value == 0, Difference.CUT_LAST_CHUNK);
      throw new Malformed(ErrorKind.LENGTH);
    }
    return value;
  }

  private void recogniseSize(String text) {
    String stripped = text.replaceAll("^[ \t]+", "");
    boolean signed = SIGNED_SIZE.matcher(stripped).matches();
    addIf(signed, Difference.SIGNED_SIZE);
    addIf(
        !stripped.equals(text) && (signed || SIZE.matcher(stripped).matches()),
        Difference.BLANK_BEFORE_SIZE);
  }
}

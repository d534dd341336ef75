package io.gb.harness.http.response;

import io.gb.text.ForeignText;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the head of a response in place, RFC 9112: the status, and the fields that say where the
 * body ends and whether the connection stays open. What two parsers could read in two ways is an
 * error; what is wrong but leaves no doubt is a {@link Sloppiness}. Parses the trailers too.
 *
 * <p>Each connection has one and reuses it for every response; one thread at a time uses it.
 */
public final class ResponseHead {

  /** The longest line in bytes, without its end; that of a folded line includes its folds. */
  static final int MAX_LINE = 64 * 1024 - 2;

  /** The most bytes of a head or of trailers, all lines and their ends together. */
  private static final int MAX_BYTES = 256 * 1024;

  private static final int MAX_FIELDS = 999;
  private static final int MAX_EMPTY_LINES = 9;

  /** The greatest length of what a message quotes. */
  private static final int SHOWN = 60;

  private static final byte[] CONTENT_LENGTH = lowerCase("content-length");
  private static final byte[] TRANSFER_ENCODING = lowerCase("transfer-encoding");
  private static final byte[] CONNECTION = lowerCase("connection");
  private static final byte[] SERVER = lowerCase("server");
  private static final byte[] CHUNKED = lowerCase("chunked");
  private static final byte[] CLOSE = lowerCase("close");
  private static final byte[] KEEP_ALIVE = lowerCase("keep-alive");

  private static final Pattern STATUS_LINE =
      Pattern.compile("[ \t]*HTTP/1\\.([0-9])[ \t]+([1-9][0-9]{2})(?:[ \t].*)?", Pattern.DOTALL);

  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (char c = '!'; c < 127; c++) {
      TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  /** Takes one element of a list. */
  private interface Element {
    void read(ByteBuffer in, int from, int to);
  }

  // Once for all responses: a method reference in place would be garbage for each of them.
  private final Element options = this::option;
  private final Element lengths = this::length;
  private final Element codings = this::coding;

  private final boolean strict;
  private final Set<Sloppiness> sloppy = EnumSet.noneOf(Sloppiness.class);

  // The head, or what is known of it so far.
  private boolean answersHead;
  private int status;
  private boolean atLeast11;
  private boolean hasLength;
  private long contentLength;
  private boolean hasCoding;
  private boolean chunked;
  private boolean hasEmptyElement;
  private boolean hasEqualLengths;
  private @Nullable String badLength;
  private @Nullable String badCoding;
  private boolean close;
  private boolean keepAlive;
  private @Nullable StringBuilder text;
  private @Nullable String server;

  // The place in the head or the trailers.
  private boolean inTrailers;
  private int bytes;
  private int emptyLines;
  private int fields;
  private int scanned;

  /**
   * Prepares for responses.
   *
   * @param strict whether each {@link Sloppiness} is an error
   */
  public ResponseHead(boolean strict) {
    this.strict = strict;
  }

  private static byte[] lowerCase(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Prepares for the first head that answers a request.
   *
   * @param toHead whether the request's method is HEAD: the response has no body, whatever it says
   * @param keepText whether {@link #text()} and {@link #server()} will be needed
   */
  public void begin(boolean toHead, boolean keepText) {
    sloppy.clear();
    answersHead = toHead;
    next(keepText);
  }

  /**
   * Prepares for the head that follows an interim one.
   *
   * @param keepText whether {@link #text()} and {@link #server()} will be needed
   */
  public void next(boolean keepText) {
    status = 0;
    atLeast11 = false;
    hasLength = false;
    contentLength = -1;
    hasCoding = false;
    chunked = false;
    hasEmptyElement = false;
    hasEqualLengths = false;
    badLength = null;
    badCoding = null;
    close = false;
    keepAlive = false;
    text = keepText ? new StringBuilder() : null;
    server = null;
    emptyLines = 0;
    beginSection(false);
  }

  /** Prepares for the trailers: the next call of {@link #read} reads them. */
  void beginTrailers() {
    beginSection(true);
  }

  private void beginSection(boolean ofTrailers) {
    inTrailers = ofTrailers;
    bytes = 0;
    fields = 0;
    scanned = 0;
  }

  /**
   * Reads all complete lines. The bytes left in the buffer are then the beginning of a line, which
   * must come first in the next call; or, if the head is complete, the bytes after it. Blanks
   * replace the line break of a folded line in the buffer.
   *
   * @param in the bytes that have arrived
   * @return whether the head or the trailers are complete
   * @throws ProtocolException if this is not the head of a response
   */
  public boolean read(ByteBuffer in) throws ProtocolException {
    int limit = in.limit();
    int start = in.position();
    int at = start + scanned;
    while (true) {
      while (at < limit && !endsText(in.get(at))) {
        at++;
      }
      if (at - start > MAX_LINE) {
        throw new ProtocolException("a line of " + section() + " is longer than 65,534 bytes");
      }
      if (at == limit || (in.get(at) == '\r' && at + 1 == limit)) {
        return resumeAt(in, start, at);
      }
      int next = at + 2;
      if (in.get(at) != '\r' || in.get(at + 1) != '\n') {
        next = behindLfAlone(in, at);
      }
      // A field may go on in the next line, and only its first byte tells.
      if (at > start && status != 0) {
        if (next == limit) {
          return resumeAt(in, start, at);
        }
        if (isBlank(in.get(next))) {
          note(Sloppiness.FOLDED_LINE);
          while (at < next) {
            in.put(at++, (byte) ' ');
          }
          continue;
        }
      }
      bytes += next - start;
      if (bytes > MAX_BYTES) {
        throw new ProtocolException(section() + " is longer than 262,144 bytes");
      }
      boolean complete = line(in, start, at);
      start = next;
      at = start;
      if (complete) {
        in.position(start);
        return true;
      }
    }
  }

  private boolean resumeAt(ByteBuffer in, int start, int at) {
    scanned = at - start;
    in.position(start);
    return false;
  }

  private String section() {
    return inTrailers ? "the trailer section" : "the head";
  }

  private static boolean endsText(byte b) {
    return b <= '\r' && (b == '\r' || b == '\n' || b == 0);
  }

  private int behindLfAlone(ByteBuffer in, int at) throws ProtocolException {
    if (in.get(at) != '\n') {
      String what = in.get(at) == 0 ? "a NUL (RFC 9110, 5.5)" : "a CR (RFC 9112, 2.2)";
      throw new ProtocolException("a line of " + section() + " contains " + what);
    }
    note(Sloppiness.LF_ALONE);
    return at + 1;
  }

  /** Parses a line, and returns whether it is the last one of the head or the trailers. */
  private boolean line(ByteBuffer in, int start, int end) throws ProtocolException {
    if (status == 0) {
      if (start == end) {
        emptyLine();
      } else {
        statusLine(in, start, end);
      }
      return false;
    }
    if (start == end) {
      if (!inTrailers) {
        checkFraming();
      }
      return true;
    }
    if (++fields > MAX_FIELDS) {
      throw new ProtocolException(section() + " has more than " + MAX_FIELDS + " fields");
    }
    field(in, start, end);
    return false;
  }

  private void emptyLine() throws ProtocolException {
    note(Sloppiness.EMPTY_LINES_FIRST);
    if (++emptyLines > MAX_EMPTY_LINES) {
      throw new ProtocolException("more than 9 empty lines before the status line");
    }
  }

  /** {@code HTTP/1.1 200 OK}; the reason, and the space before it, may be missing. */
  private void statusLine(ByteBuffer in, int start, int end) throws ProtocolException {
    boolean wellFormed =
        end - start >= 12
            && in.get(start) == 'H'
            && in.get(start + 1) == 'T'
            && in.get(start + 2) == 'T'
            && in.get(start + 3) == 'P'
            && in.get(start + 4) == '/'
            && in.get(start + 5) == '1'
            && in.get(start + 6) == '.'
            && isDigit(in.get(start + 7))
            && in.get(start + 8) == ' '
            && (end - start == 12 || in.get(start + 12) == ' ');
    status = wellFormed ? threeDigits(in, start + 9) : -1;
    if (status >= 100) {
      atLeast11 = in.get(start + 7) != '0';
    } else {
      sloppyStatusLine(in, start, end);
    }
    if (text != null) {
      text.append(string(in, start, end).stripTrailing()).append('\n');
    }
  }

  private static int threeDigits(ByteBuffer in, int at) {
    int value = 0;
    for (int i = at; i < at + 3; i++) {
      if (!isDigit(in.get(i))) {
        return -1;
      }
      value = value * 10 + in.get(i) - '0';
    }
    return value;
  }

  /** RFC 9112, section 4: any blanks may separate the parts. */
  private void sloppyStatusLine(ByteBuffer in, int start, int end) throws ProtocolException {
    Matcher parts = STATUS_LINE.matcher(string(in, start, end));
    if (!parts.matches()) {
      throw new ProtocolException("not a status line: '" + clip(in, start, end) + "'");
    }
    note(Sloppiness.STATUS_LINE_BLANKS);
    atLeast11 = !parts.group(1).equals("0");
    status = Integer.parseInt(parts.group(2));
  }

  private void field(ByteBuffer in, int start, int end) throws ProtocolException {
    int colon = start;
    while (colon < end && TOKEN[in.get(colon) & 0xff]) {
      colon++;
    }
    int endOfName = colon;
    if (colon == start || colon == end || in.get(colon) != ':') {
      colon = colonBehindOtherName(in, start, end);
      endOfName = endOfOtherName(in, start, colon);
    }
    if (inTrailers) {
      return;
    }
    int from = colon + 1;
    int to = end;
    while (from < to && isBlank(in.get(from))) {
      from++;
    }
    while (from < to && isBlank(in.get(to - 1))) {
      to--;
    }
    switch (endOfName - start) {
      case 10 -> {
        if (equal(in, start, endOfName, CONNECTION)) {
          list(in, from, to, options);
        }
      }
      case 14 -> {
        if (equal(in, start, endOfName, CONTENT_LENGTH)) {
          hasLength = true;
          list(in, from, to, lengths);
        }
      }
      case 17 -> {
        if (equal(in, start, endOfName, TRANSFER_ENCODING)) {
          hasCoding = true;
          list(in, from, to, codings);
        }
      }
      default -> {
        // No other field matters.
      }
    }
    if (text != null) {
      if (server == null && equal(in, start, endOfName, SERVER)) {
        server = string(in, from, to);
      }
      text.append(string(in, start, endOfName)).append(": ");
      text.append(string(in, from, to)).append('\n');
    }
  }

  private int colonBehindOtherName(ByteBuffer in, int start, int end) throws ProtocolException {
    if (isBlank(in.get(start))) {
      throw new ProtocolException(
          "the first line of " + section() + " begins with a blank (RFC 9112, 2.2)");
    }
    int colon = start;
    while (colon < end && in.get(colon) != ':') {
      colon++;
    }
    if (colon == start || colon == end) {
      throw new ProtocolException(
          "not a field of " + section() + ": '" + clip(in, start, end) + "'");
    }
    return colon;
  }

  private int endOfOtherName(ByteBuffer in, int start, int colon) throws ProtocolException {
    int end = colon;
    while (isBlank(in.get(end - 1))) {
      end--;
    }
    boolean isToken = end < colon;
    for (int i = start; i < end; i++) {
      isToken &= TOKEN[in.get(i) & 0xff];
    }
    note(isToken ? Sloppiness.BLANK_BEFORE_COLON : Sloppiness.FIELD_NAME);
    return end;
  }

  /** Passes on each element between commas, without the blanks around it. */
  private static void list(ByteBuffer in, int from, int to, Element element) {
    for (int start = from; start <= to; ) {
      int end = start;
      while (end < to && in.get(end) != ',') {
        end++;
      }
      int last = end;
      while (start < last && isBlank(in.get(start))) {
        start++;
      }
      while (start < last && isBlank(in.get(last - 1))) {
        last--;
      }
      element.read(in, start, last);
      start = end + 1;
    }
  }

  private void option(ByteBuffer in, int from, int to) {
    close |= equal(in, from, to, CLOSE);
    keepAlive |= equal(in, from, to, KEEP_ALIVE);
  }

  private void length(ByteBuffer in, int from, int to) {
    if (from == to) {
      hasEmptyElement = true;
      return;
    }
    long value = 0;
    boolean valid = true;
    for (int i = from; i < to && valid; i++) {
      int digit = in.get(i) - '0';
      valid = digit >= 0 && digit <= 9 && value <= (Long.MAX_VALUE - digit) / 10;
      value = value * 10 + digit;
    }
    if (!valid) {
      badLength = "not a Content-Length: '" + clip(in, from, to) + "' (RFC 9110, 8.6)";
    } else if (contentLength >= 0 && contentLength != value) {
      badLength =
          "two Content-Lengths, %d and %d: which one is right, only the server knows (RFC 9112, 6.3)"
              .formatted(contentLength, value);
    } else {
      hasEqualLengths |= contentLength >= 0;
      contentLength = value;
    }
  }

  private void coding(ByteBuffer in, int from, int to) {
    if (from == to) {
      hasEmptyElement = true;
    } else if (chunked || !equal(in, from, to, CHUNKED)) {
      badCoding =
          "the Transfer-Encoding is not chunked, once and alone, but also '"
              + clip(in, from, to)
              + "' (RFC 9112, 6.1)";
    } else {
      chunked = true;
    }
  }

  /** Decides what a head means whose framing is more or less than one valid field. */
  private void checkFraming() throws ProtocolException {
    if (!hasCoding && (!hasLength || isPlainLength())) {
      return;
    }
    String bad = hasCoding ? badCoding : badLength;
    if (bad == null && (hasCoding ? !chunked : contentLength < 0)) {
      bad = "an empty " + (hasCoding ? "Transfer-Encoding" : "Content-Length");
    }
    if (bad != null) {
      if (canHaveBody()) {
        throw new ProtocolException(bad);
      }
      note(Sloppiness.FRAMING_WITHOUT_BODY);
      return;
    }
    if (hasEmptyElement) {
      note(Sloppiness.EMPTY_ELEMENT);
    }
    if (!hasCoding) {
      if (hasEqualLengths) {
        note(Sloppiness.EQUAL_LENGTHS);
      }
      return;
    }
    if (hasLength) {
      note(Sloppiness.LENGTH_BESIDE_CHUNKS);
    }
    if (!atLeast11) {
      note(Sloppiness.CHUNKS_IN_1_0);
    }
    // RFC 9112, sections 6.1 and 6.3.
    close |= hasLength || !atLeast11;
  }

  private boolean isPlainLength() {
    return badLength == null && contentLength >= 0 && !hasEmptyElement && !hasEqualLengths;
  }

  /** Takes note of what is wrong with a response and leaves no doubt about it. */
  void note(Sloppiness kind) throws ProtocolException {
    if (strict) {
      throw new ProtocolException("strict HTTP refuses " + kind);
    }
    sloppy.add(kind);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** Returns whether the bytes are these letters and hyphens, in upper or lower case. */
  private static boolean equal(ByteBuffer in, int from, int to, byte[] lowerCase) {
    if (to - from != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte b = in.get(from + i);
      if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static String string(ByteBuffer in, int from, int to) {
    byte[] bytes = new byte[to - from];
    in.get(from, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns printable text of limited length, for a message. */
  private static String clip(ByteBuffer in, int from, int to) {
    return ForeignText.line(string(in, from, Math.min(to, from + 2 * SHOWN)), SHOWN);
  }

  /** {@return the status code, 100 to 999} */
  public int status() {
    return status;
  }

  /** Returns the Content-Length in bytes, or -1 if there is none. */
  long contentLength() {
    return contentLength;
  }

  /** Returns whether the body is chunked. */
  boolean isChunked() {
    return chunked;
  }

  /** Returns whether a body follows unless the fields say otherwise, RFC 9112, section 6.3. */
  boolean canHaveBody() {
    return !answersHead && status >= 200 && status != 204 && status != 304;
  }

  /** Returns whether a {@link Sloppiness} is an error. */
  boolean isStrict() {
    return strict;
  }

  /**
   * {@return whether the connection can serve another request: the server keeps it open, RFC 9112,
   * section 9.3, and has not announced a body in a response that has none, because it may send it}
   */
  public boolean isPersistent() {
    boolean announcesBodyOf204 =
        status == 204 && (hasCoding || badLength != null || contentLength > 0);
    return !close && (atLeast11 || keepAlive) && !announcesBodyOf204;
  }

  /**
   * {@return what was sloppy about the response so far, interim heads and body included; changes
   * with the next one}
   */
  public Set<Sloppiness> sloppiness() {
    return sloppy;
  }

  /** {@return the first Server field; empty if there is none or the text was not kept} */
  public String server() {
    return server == null ? "" : server;
  }

  /**
   * Gives back the memory of what was kept; {@link #text()} and {@link #server()} are then empty.
   */
  public void release() {
    text = null;
    server = null;
  }

  /** {@return the status line and the fields, lines ended by LF; empty if it was not kept} */
  public String text() {
    return text == null ? "" : text.toString();
  }
}

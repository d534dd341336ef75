package io.gb.harness.http.loop;

import io.gb.text.ForeignText;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Parses the head of a response in place, RFC 9112: the status, and the fields that say where the
 * body ends and whether the connection stays open. Anything that two parsers could read in two ways
 * is an error: lines ended by LF alone, folded lines, a second length, a length beside chunks.
 *
 * <p>Each connection has one and reuses it for every response. The loop's thread calls everything.
 */
final class ResponseHead {

  /** The longest line in bytes, without CR and LF; the limit of the blocking engines too. */
  static final int MAX_LINE = 64 * 1024 - 2;

  /** The most field lines of a head or a trailer section; the limit of the blocking engines too. */
  static final int MAX_FIELDS = 999;

  /** The greatest length of what a message quotes. */
  private static final int SHOWN = 60;

  private static final byte[] CONTENT_LENGTH = lowerCase("content-length");
  private static final byte[] TRANSFER_ENCODING = lowerCase("transfer-encoding");
  private static final byte[] CONNECTION = lowerCase("connection");
  private static final byte[] SERVER = lowerCase("server");
  private static final byte[] CHUNKED = lowerCase("chunked");
  private static final byte[] CLOSE = lowerCase("close");
  private static final byte[] KEEP_ALIVE = lowerCase("keep-alive");

  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (char c = '!'; c < 127; c++) {
      TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  private int status;
  private boolean atLeast11;
  private long contentLength;
  private boolean chunked;
  private boolean close;
  private boolean keepAlive;
  private int fields;
  private int scanned;
  private @Nullable StringBuilder text;
  private @Nullable String server;

  private static byte[] lowerCase(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Prepares for the next head.
   *
   * @param keepText whether {@link #text()} and {@link #server()} will be needed
   */
  void reset(boolean keepText) {
    status = 0;
    atLeast11 = false;
    contentLength = -1;
    chunked = false;
    close = false;
    keepAlive = false;
    fields = 0;
    scanned = 0;
    text = keepText ? new StringBuilder() : null;
    server = null;
  }

  /**
   * Reads all complete lines. The bytes left in the buffer are then the beginning of a line, which
   * must come first in the next call; or, if the head is complete, the bytes after it.
   *
   * @return whether the head is complete
   * @throws ProtocolException if this is not the head of a response
   */
  boolean read(ByteBuffer in) throws ProtocolException {
    int limit = in.limit();
    int start = in.position();
    int at = start + scanned;
    while (true) {
      while (at < limit && !endsText(in.get(at))) {
        at++;
      }
      if (at - start > MAX_LINE) {
        throw new ProtocolException("a line of the head has no end");
      }
      if (at == limit || (in.get(at) == '\r' && at + 1 == limit)) {
        scanned = at - start;
        in.position(start);
        return false;
      }
      if (in.get(at) != '\r' || in.get(at + 1) != '\n') {
        throw new ProtocolException(
            in.get(at) == '\n' ? "a line ends by LF alone" : "a CR or NUL in the head");
      }
      boolean complete = line(in, start, at);
      start = at + 2;
      at = start;
      if (complete) {
        in.position(start);
        return true;
      }
    }
  }

  private static boolean endsText(byte b) {
    return b <= '\r' && (b == '\r' || b == '\n' || b == 0);
  }

  /** Parses a line, and returns whether it is the last one of the head. */
  private boolean line(ByteBuffer in, int start, int end) throws ProtocolException {
    if (status == 0) {
      statusLine(in, start, end);
      return false;
    }
    if (start == end) {
      checkFraming();
      return true;
    }
    if (++fields > MAX_FIELDS) {
      throw new ProtocolException("more than " + MAX_FIELDS + " header fields");
    }
    field(in, start, end);
    return false;
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
    int code = wellFormed ? threeDigits(in, start + 9) : -1;
    if (code < 100) {
      throw new ProtocolException("not a status line: '" + clip(in, start, end) + "'");
    }
    status = code;
    atLeast11 = in.get(start + 7) != '0';
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

  private void field(ByteBuffer in, int start, int end) throws ProtocolException {
    int colon = start;
    while (colon < end && isToken(in.get(colon))) {
      colon++;
    }
    if (colon == start || colon == end || in.get(colon) != ':') {
      throw new ProtocolException("not a header field: '" + clip(in, start, end) + "'");
    }
    int from = colon + 1;
    int to = end;
    while (from < to && isBlank(in.get(from))) {
      from++;
    }
    while (from < to && isBlank(in.get(to - 1))) {
      to--;
    }
    switch (colon - start) {
      case 10 -> {
        if (equal(in, start, colon, CONNECTION)) {
          connection(in, from, to);
        }
      }
      case 14 -> {
        if (equal(in, start, colon, CONTENT_LENGTH)) {
          contentLength(in, from, to);
        }
      }
      case 17 -> {
        if (equal(in, start, colon, TRANSFER_ENCODING)) {
          transferEncoding(in, from, to);
        }
      }
      default -> {
        // No other field matters.
      }
    }
    if (text != null) {
      if (server == null && equal(in, start, colon, SERVER)) {
        server = string(in, from, to);
      }
      text.append(string(in, start, colon)).append(": ").append(string(in, from, to)).append('\n');
    }
  }

  private void contentLength(ByteBuffer in, int from, int to) throws ProtocolException {
    long value = 0;
    boolean valid = from < to && contentLength < 0;
    for (int i = from; i < to && valid; i++) {
      int digit = in.get(i) - '0';
      valid = digit >= 0 && digit <= 9 && value <= (Long.MAX_VALUE - digit) / 10;
      value = value * 10 + digit;
    }
    if (!valid) {
      throw new ProtocolException(
          contentLength < 0
              ? "not a Content-Length: '" + clip(in, from, to) + "'"
              : "a second Content-Length");
    }
    contentLength = value;
  }

  private void transferEncoding(ByteBuffer in, int from, int to) throws ProtocolException {
    if (chunked || !equal(in, from, to, CHUNKED)) {
      throw new ProtocolException("unknown Transfer-Encoding: '" + clip(in, from, to) + "'");
    }
    chunked = true;
  }

  /** Parses a list of options separated by commas. */
  private void connection(ByteBuffer in, int from, int to) {
    int start = from;
    while (start < to) {
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
      close |= equal(in, start, last, CLOSE);
      keepAlive |= equal(in, start, last, KEEP_ALIVE);
      start = end + 1;
    }
  }

  private void checkFraming() throws ProtocolException {
    if (chunked && contentLength >= 0) {
      throw new ProtocolException("both Transfer-Encoding and Content-Length");
    }
    if (chunked && !atLeast11) {
      throw new ProtocolException("Transfer-Encoding in HTTP/1.0");
    }
  }

  /** Returns whether a byte may be part of a field name, RFC 9110, section 5.6.2. */
  static boolean isToken(byte b) {
    return TOKEN[b & 0xff];
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isBlank(byte b) {
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

  /** Returns the status code, 100 to 999. */
  int status() {
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

  /**
   * Returns whether the connection can serve another request: the server keeps it open, RFC 9112,
   * section 9.3, and has not announced a body in a response that has none, because it may send it.
   */
  boolean isPersistent() {
    boolean announcesBodyOf204 = status == 204 && (chunked || contentLength > 0);
    return !close && (atLeast11 || keepAlive) && !announcesBodyOf204;
  }

  /** Returns the first Server field; empty if there is none or the text was not kept. */
  String server() {
    return server == null ? "" : server;
  }

  /** Returns the status line and the fields, lines ended by LF; empty if it was not kept. */
  String text() {
    return text == null ? "" : text.toString();
  }
}

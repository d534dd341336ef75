package io.gb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Map;

/**
 * Encodes text for a locale whose charset lacks some of the characters that gb prints, as with
 * {@code LC_ALL=C}: those are spelt in ASCII, and other characters that the charset lacks become
 * {@code ?}. Expects UTF-8, whole characters in each call, as a {@link PrintStream} writes them.
 */
final class AsciiOutput extends OutputStream {

  private static final Map<Character, String> SPELLING =
      Map.of(
          '\u00d7', "x", '\u2190', "<-", '\u2192', "->", '\u00b1', "+-", '\u221e', "inf", '\u00b5',
          "u", '\u2026', "...", '\u2264', "<=", '\u2265', ">=");

  /** The digits that mark footnotes, by their values. */
  private static final String FOOTNOTES =
      "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

  private final PrintStream out;
  private final Charset charset;
  private final CharsetEncoder encoder;

  private AsciiOutput(PrintStream out, Charset charset) {
    this.out = out;
    this.charset = charset;
    encoder = charset.newEncoder();
  }

  /** The stream itself if it encodes UTF-8, else one that spells the characters it lacks. */
  static PrintStream of(PrintStream stream) {
    Charset charset = stream.charset();
    return charset.equals(UTF_8)
        ? stream
        : new PrintStream(new AsciiOutput(stream, charset), false, UTF_8);
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    StringBuilder text = new StringBuilder(length);
    for (char one : new String(bytes, offset, length, UTF_8).toCharArray()) {
      if (encoder.canEncode(one)) {
        text.append(one);
      } else {
        text.append(spelling(one));
      }
    }
    out.write(text.toString().getBytes(charset));
  }

  private static String spelling(char one) {
    int note = FOOTNOTES.indexOf(one);
    return note >= 0 ? "[" + note + "]" : SPELLING.getOrDefault(one, String.valueOf(one));
  }

  @Override
  public void flush() throws IOException {
    // Flushes, and tells what the stream below keeps to itself.
    if (out.checkError()) {
      throw new IOException("cannot be written");
    }
  }
}

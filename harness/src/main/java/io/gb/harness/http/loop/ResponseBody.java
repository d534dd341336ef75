package io.gb.harness.http.loop;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds the end of a response body, RFC 9112, sections 6 and 7, and counts its bytes without
 * reading more of them than it was told to keep. Each connection has one and reuses it for every
 * response. The loop's thread calls everything.
 */
final class ResponseBody {

  private enum State {
    NONE,
    LENGTH,
    UNTIL_CLOSE,
    /** The first digit of a chunk's size. */
    SIZE,
    MORE_SIZE,
    /** Blanks after the size. */
    AFTER_SIZE,
    EXTENSION,
    SIZE_LF,
    CHUNK,
    CHUNK_CR,
    CHUNK_LF,
    /** The first byte of a line after the last chunk. */
    TRAILER,
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_LF,
    LAST_LF
  }

  private final byte[] beginning;
  private State state = State.NONE;
  private long left;
  private long size;
  private long bytes;
  private int lineLength;
  private int trailers;

  /**
   * Expects no body.
   *
   * @param keep how many bytes of the beginning of each body to keep
   */
  ResponseBody(int keep) {
    beginning = new byte[keep];
  }

  /** Expects no body. */
  void none() {
    begin(State.NONE);
  }

  /** Expects a body of this length in bytes. */
  void ofLength(long length) {
    begin(length == 0 ? State.NONE : State.LENGTH);
    left = length;
  }

  /** Expects a chunked body. */
  void chunked() {
    begin(State.SIZE);
  }

  /** Expects a body that ends with the connection. */
  void untilClose() {
    begin(State.UNTIL_CLOSE);
  }

  private void begin(State first) {
    state = first;
    left = 0;
    size = 0;
    bytes = 0;
    lineLength = 0;
    trailers = 0;
  }

  /** Returns whether the end of the connection is the end of the body. */
  boolean endsWithConnection() {
    return state == State.UNTIL_CLOSE;
  }

  /** Returns the number of bytes of the body so far, without the framing of chunks. */
  long bytes() {
    return bytes;
  }

  /** Returns the first bytes of the body, as many as were to be kept. */
  byte[] beginning() {
    return beginning.length == 0
        ? beginning
        : Arrays.copyOf(beginning, (int) Math.min(bytes, beginning.length));
  }

  /**
   * Skips the bytes that belong to the body.
   *
   * @return whether the body is complete; the bytes left in the buffer do not belong to it
   * @throws ProtocolException if the chunks are malformed
   */
  boolean read(ByteBuffer in) throws ProtocolException {
    while (state != State.NONE && in.hasRemaining()) {
      switch (state) {
        case LENGTH -> {
          if (pass(in, left)) {
            state = State.NONE;
          }
        }
        case UNTIL_CLOSE -> pass(in, Long.MAX_VALUE);
        case CHUNK -> {
          if (pass(in, left)) {
            state = State.CHUNK_CR;
          }
        }
        default -> state = next(in.get());
      }
    }
    return state == State.NONE;
  }

  /** Skips content up to this number of bytes, and returns whether it has skipped all of them. */
  private boolean pass(ByteBuffer in, long atMost) {
    int count = (int) Math.min(in.remaining(), atMost);
    if (bytes < beginning.length) {
      int kept = (int) bytes;
      in.get(in.position(), beginning, kept, Math.min(count, beginning.length - kept));
    }
    in.position(in.position() + count);
    bytes += count;
    left = atMost - count;
    return left == 0;
  }

  private State next(byte b) throws ProtocolException {
    return switch (state) {
      case SIZE -> {
        size = 0;
        lineLength = 1;
        addDigit(b);
        yield State.MORE_SIZE;
      }
      case MORE_SIZE, AFTER_SIZE -> afterDigits(b);
      case EXTENSION -> textOr(b, State.EXTENSION, State.SIZE_LF);
      case SIZE_LF -> {
        expect(b, '\n');
        left = size;
        yield size == 0 ? State.TRAILER : State.CHUNK;
      }
      case CHUNK_CR -> {
        expect(b, '\r');
        yield State.CHUNK_LF;
      }
      case CHUNK_LF -> {
        expect(b, '\n');
        yield State.SIZE;
      }
      case TRAILER -> {
        lineLength = 0;
        if (b == '\r') {
          yield State.LAST_LF;
        }
        if (++trailers > ResponseHead.MAX_FIELDS) {
          throw new ProtocolException("more than " + ResponseHead.MAX_FIELDS + " trailer fields");
        }
        yield trailerName(b);
      }
      case TRAILER_NAME -> trailerName(b);
      case TRAILER_VALUE -> textOr(b, State.TRAILER_VALUE, State.TRAILER_LF);
      case TRAILER_LF -> {
        expect(b, '\n');
        yield State.TRAILER;
      }
      case LAST_LF -> {
        expect(b, '\n');
        yield State.NONE;
      }
      case NONE, LENGTH, UNTIL_CLOSE, CHUNK -> throw new IllegalStateException(state.name());
    };
  }

  private State afterDigits(byte b) throws ProtocolException {
    if (b == '\r') {
      return State.SIZE_LF;
    }
    countByteOfLine();
    if (b == ';') {
      return State.EXTENSION;
    }
    if (b == ' ' || b == '\t') {
      return State.AFTER_SIZE;
    }
    if (state == State.AFTER_SIZE) {
      throw new ProtocolException("text after the size of a chunk");
    }
    addDigit(b);
    return State.MORE_SIZE;
  }

  private void addDigit(byte b) throws ProtocolException {
    int digit = Character.digit(b, 16);
    if (digit < 0 || size > Long.MAX_VALUE >> 4) {
      throw new ProtocolException("not the size of a chunk");
    }
    size = size << 4 | digit;
  }

  private State trailerName(byte b) throws ProtocolException {
    countByteOfLine();
    if (b == ':' && lineLength > 1) {
      return State.TRAILER_VALUE;
    }
    if (!ResponseHead.isToken(b)) {
      throw new ProtocolException("not a trailer field");
    }
    return State.TRAILER_NAME;
  }

  private State textOr(byte b, State more, State end) throws ProtocolException {
    if (b == '\r') {
      return end;
    }
    countByteOfLine();
    if (b == '\n' || b == 0) {
      throw new ProtocolException("a line among the chunks is malformed");
    }
    return more;
  }

  private void countByteOfLine() throws ProtocolException {
    if (++lineLength > ResponseHead.MAX_LINE) {
      throw new ProtocolException("a line among the chunks has no end");
    }
  }

  private static void expect(byte b, char expected) throws ProtocolException {
    if (b != expected) {
      throw new ProtocolException("a line among the chunks does not end by CR and LF");
    }
  }
}

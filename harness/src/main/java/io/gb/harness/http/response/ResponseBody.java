package io.gb.harness.http.response;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds the end of a response body, RFC 9112, sections 6 and 7, and counts its bytes without
 * reading them. Each connection has one and reuses it for every response; one thread at a time uses
 * it.
 */
public final class ResponseBody {

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
    TRAILERS
  }

  private final ResponseHead head;
  private final byte[] beginning;
  private State state = State.NONE;
  private long left;
  private long size;
  private long bytes;
  private int lineLength;

  /**
   * Prepares for bodies.
   *
   * @param head the head of each response; reads the trailers too
   * @param keep how many bytes of the beginning of each body to keep
   */
  public ResponseBody(ResponseHead head, int keep) {
    this.head = head;
    beginning = new byte[keep];
  }

  /** Prepares for the body of the response whose head is complete, RFC 9112, section 6.3. */
  public void begin() {
    left = 0;
    size = 0;
    bytes = 0;
    lineLength = 0;
    if (!head.canHaveBody()) {
      state = State.NONE;
    } else if (head.isChunked()) {
      state = State.SIZE;
    } else if (head.contentLength() >= 0) {
      left = head.contentLength();
      state = left == 0 ? State.NONE : State.LENGTH;
    } else {
      state = State.UNTIL_CLOSE;
    }
  }

  /**
   * Takes note of the end of the connection.
   *
   * @return whether the body is complete
   * @throws ProtocolException never; strict HTTP takes the body for incomplete instead
   */
  public boolean end() throws ProtocolException {
    if (state == State.TRAILERS && !head.isStrict()) {
      head.note(Sloppiness.NO_LAST_LINE);
      return true;
    }
    return state == State.UNTIL_CLOSE;
  }

  /** {@return whether nothing but the end of the connection can be the end of the body} */
  public boolean endsWithConnection() {
    return state == State.UNTIL_CLOSE;
  }

  /** {@return whether the body was read to an end that the response itself has} */
  public boolean isComplete() {
    return state == State.NONE;
  }

  /** {@return how many of the next bytes are content and need not be looked at} */
  public long opaqueBytes() {
    return switch (state) {
      case LENGTH, UNTIL_CLOSE -> Long.MAX_VALUE;
      case CHUNK -> left;
      default -> 0;
    };
  }

  /** {@return the number of bytes of the body so far, without the framing of chunks} */
  public long bytes() {
    return bytes;
  }

  /** {@return the first bytes of the body, as many as were to be kept} */
  public byte[] beginning() {
    return beginning.length == 0
        ? beginning
        : Arrays.copyOf(beginning, (int) Math.min(bytes, beginning.length));
  }

  /**
   * Skips the bytes that belong to the body.
   *
   * @param in the bytes that have arrived
   * @return whether the body is complete; the bytes left in the buffer do not belong to it. If it
   *     is not, they are the beginning of a line, which must come first in the next call
   * @throws ProtocolException if the chunks are malformed
   */
  public boolean read(ByteBuffer in) throws ProtocolException {
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
        case TRAILERS -> {
          if (!head.read(in)) {
            return false;
          }
          state = State.NONE;
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
      case SIZE -> beforeDigits(b);
      case MORE_SIZE, AFTER_SIZE -> afterDigits(b);
      case EXTENSION -> b == '\r' || b == '\n' ? endOfSize(b) : extension(b);
      case SIZE_LF, CHUNK_LF -> behindCr(b);
      case CHUNK_CR -> {
        if (b != '\r' && b != '\n') {
          throw new ProtocolException(
              "a chunk goes on behind the size that it stated (RFC 9112, 7.1)");
        }
        yield b == '\r' ? State.CHUNK_LF : behindLfAlone(State.SIZE);
      }
      case NONE, LENGTH, UNTIL_CLOSE, CHUNK, TRAILERS ->
          throw new IllegalStateException(state.name());
    };
  }

  private State beforeDigits(byte b) throws ProtocolException {
    countByteOfLine();
    if (ResponseHead.isBlank(b)) {
      head.note(Sloppiness.BLANK_BEFORE_SIZE);
      return State.SIZE;
    }
    size = 0;
    addDigit(b);
    return State.MORE_SIZE;
  }

  private State afterDigits(byte b) throws ProtocolException {
    if (b == '\r' || b == '\n') {
      return endOfSize(b);
    }
    countByteOfLine();
    if (b == ';') {
      return State.EXTENSION;
    }
    if (ResponseHead.isBlank(b)) {
      return State.AFTER_SIZE;
    }
    if (state == State.AFTER_SIZE) {
      throw new ProtocolException("text after the size of a chunk (RFC 9112, 7.1)");
    }
    addDigit(b);
    return State.MORE_SIZE;
  }

  private State extension(byte b) throws ProtocolException {
    countByteOfLine();
    if (b == 0) {
      throw new ProtocolException("the extension of a chunk contains a NUL (RFC 9110, 5.5)");
    }
    return State.EXTENSION;
  }

  private State endOfSize(byte b) throws ProtocolException {
    return b == '\r' ? State.SIZE_LF : behindLfAlone(behindSize());
  }

  private State behindCr(byte b) throws ProtocolException {
    if (b != '\n') {
      throw new ProtocolException("a line among the chunks contains a CR (RFC 9112, 2.2)");
    }
    return state == State.SIZE_LF ? behindSize() : State.SIZE;
  }

  private State behindLfAlone(State next) throws ProtocolException {
    head.note(Sloppiness.LF_ALONE);
    return next;
  }

  private State behindSize() {
    lineLength = 0;
    left = size;
    if (size > 0) {
      return State.CHUNK;
    }
    head.beginTrailers();
    return State.TRAILERS;
  }

  private void addDigit(byte b) throws ProtocolException {
    int digit = Character.digit(b, 16);
    if (digit < 0 || size > Long.MAX_VALUE >> 4) {
      throw new ProtocolException(
          digit < 0
              ? "the size of a chunk is not a hexadecimal number (RFC 9112, 7.1)"
              : "the size of a chunk has more than 63 bits (RFC 9112, 7.1)");
    }
    size = size << 4 | digit;
  }

  private void countByteOfLine() throws ProtocolException {
    if (++lineLength > ResponseHead.MAX_LINE) {
      throw new ProtocolException("a line among the chunks is longer than 65,534 bytes");
    }
  }
}

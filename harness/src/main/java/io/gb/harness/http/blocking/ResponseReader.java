package io.gb.harness.http.blocking;

import static java.util.Objects.requireNonNull;

import io.gb.harness.http.response.ResponseBody;
import io.gb.harness.http.response.ResponseHead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Reads the responses of one connection in place of the library, whose parsers keep whole heads and
 * read malformed ones in ways of their own: all engines understand the same bytes in the same way.
 */
final class ResponseReader implements HttpMessageParser<ClassicHttpResponse> {

  /** The library's buffer serves reads of this length; longer ones pass it by. */
  private static final int PIECE = 512;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ResponseHead head;
  private final ResponseBody body;
  private final ByteBuffer content;
  private ByteBuffer bytes = ByteBuffer.allocate(PIECE);
  private @Nullable SessionInputBuffer buffer;
  private @Nullable InputStream in;
  private boolean keepText;
  private boolean begun;
  private int surplus;

  /**
   * Prepares for responses.
   *
   * @param strict whether sloppy responses are errors
   * @param keep how many bytes of the beginning of each body to keep
   * @param discarded to read contents into; may be shared, since nobody looks at them if none are
   *     to be kept
   */
  ResponseReader(boolean strict, int keep, byte[] discarded) {
    head = new ResponseHead(strict);
    body = new ResponseBody(head, keep);
    content = ByteBuffer.wrap(keep == 0 ? discarded : new byte[discarded.length]);
  }

  /** Prepares for the response to the next request, which may be on a new connection. */
  void begin(boolean toHead, boolean needsText) {
    keepText = needsText;
    begun = false;
    head.begin(toHead, needsText);
    if (bytes.capacity() != PIECE) {
      bytes = ByteBuffer.allocate(PIECE);
    }
    bytes.clear().limit(0);
  }

  /** Gives back the memory of a response that is not read any further. Allocates nothing. */
  void release() {
    bytes = NOTHING;
    head.release();
  }

  ResponseHead head() {
    return head;
  }

  ResponseBody body() {
    return body;
  }

  /** Returns whether any byte of the last response, interim or final, was read. */
  boolean hasBegun() {
    return begun;
  }

  /** Reads the next head, interim or final; the response knows the status and nothing else. */
  @Override
  public ClassicHttpResponse parse(SessionInputBuffer source, InputStream stream)
      throws IOException {
    buffer = source;
    in = stream;
    head.next(keepText);
    begun = bytes.hasRemaining();
    while (!head.read(bytes)) {
      if (!fill()) {
        throw begun
            ? new ConnectionClosedException("the server closed the connection within its response")
            : new NoHttpResponseException("the server closed the connection without a response");
      }
      begun = true;
    }
    body.begin();
    return new BasicClassicHttpResponse(head.status());
  }

  /** Reads the body to its end, and returns its length in bytes. */
  long drain() throws IOException {
    ByteBuffer next = bytes;
    while (!body.read(next)) {
      boolean opaque = body.opaqueBytes() > PIECE;
      if (!(opaque ? fill(content.clear(), body.opaqueBytes()) : fill())) {
        if (!body.end()) {
          throw new ConnectionClosedException(
              "the server closed the connection within its response");
        }
        break;
      }
      next = opaque ? content.flip() : bytes;
    }
    surplus = next.remaining();
    return body.bytes();
  }

  /** Adds bytes to those that are left; returns whether the connection had any. */
  private boolean fill() throws IOException {
    bytes.compact();
    if (!bytes.hasRemaining()) {
      bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
    }
    boolean filled = fill(bytes, PIECE);
    bytes.flip();
    return filled;
  }

  private boolean fill(ByteBuffer into, long most) throws IOException {
    int length = (int) Math.min(into.remaining(), most);
    int count =
        requireNonNull(buffer)
            .read(into.array(), into.arrayOffset() + into.position(), length, requireNonNull(in));
    if (count > 0) {
      into.position(into.position() + count);
    }
    return count >= 0;
  }

  /** Returns whether the server says that the connection stays open, if its head is complete. */
  boolean promisesAnother() {
    return head.isPersistent() && !body.endsWithConnection();
  }

  /** Returns whether the connection can serve another request, if the body was read to its end. */
  boolean allowsAnother() {
    return head.isPersistent()
        && body.isComplete()
        && surplus == 0
        && requireNonNull(buffer).length() == 0;
  }
}

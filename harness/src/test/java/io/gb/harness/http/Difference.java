package io.gb.harness.http;

/**
 * Where the event loop and the library read the same bytes differently, as {@code
 * docs/http-parsing.md} tells. {@link ReferenceReader} recognises each.
 */
enum Difference {
  LF_ALONE(
      "a line that ends by LF alone",
      "9112, 2.2",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nok"),
  CR_ALONE(
      "a CR within a line",
      "9112, 2.2",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\nok"),
  NUL(
      "a NUL within a line",
      "9110, 5.5",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nok"),
  EMPTY_LINES_FIRST(
      "up to nine empty lines before the status line",
      "9112, 2.2",
      Effect.LIBRARY_READS_ON,
      "\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
  STATUS_LINE(
      "a status line with other blanks, or its version in other digits",
      "9112, 4",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.01  200 OK\r\nContent-Length: 2\r\n\r\nok"),
  BLANK_BEFORE_FIELDS(
      "a blank before the first field",
      "9112, 2.2",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\n X: y\r\nContent-Length: 2\r\n\r\nok"),
  FOLDED_LINE(
      "a folded line",
      "9112, 5.2",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nX: y\r\n z\r\nContent-Length: 2\r\n\r\nok"),
  BLANK_BEFORE_COLON(
      "a blank before the colon of a field",
      "9112, 5.1",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok"),
  FIELD_NAME(
      "a field name that is no token",
      "9110, 5.1",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nX(Y: z\r\nContent-Length: 2\r\n\r\nok"),
  SIGNED_LENGTH(
      "a Content-Length with a sign",
      "9110, 8.6",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok"),
  LENGTH_BESIDE_CHUNKS(
      "a Content-Length beside a Transfer-Encoding",
      "9112, 6.3",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
  CHUNKS_IN_1_0(
      "a Transfer-Encoding in HTTP/1.0",
      "9112, 6.1",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
  EMPTY_CODING(
      "an empty element in a Transfer-Encoding",
      "9110, 5.6.1",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: ,chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
  FRAMING_WITHOUT_BODY(
      "a wrong length or coding where no body can be",
      "9112, 6.3",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 304 Not Modified\r\nContent-Length: two\r\n\r\n"),
  BLANK_BEFORE_SIZE(
      "a blank before the size of a chunk",
      "9112, 7.1",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n 2\r\nok\r\n0\r\n\r\n"),
  SIGNED_SIZE(
      "a size of a chunk with a sign",
      "9112, 7.1",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+2\r\nok\r\n0\r\n\r\n"),
  CUT_HEAD(
      "the connection ends within the head",
      "9112, 8",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 204 No Content\r\nServer: s"),
  CUT_LAST_CHUNK(
      "the connection ends within the last chunk or the trailers",
      "9112, 7.1",
      Effect.LIBRARY_READS_ON,
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"),
  CUT_BEHIND_CHUNK(
      "the connection ends right behind the bytes of a chunk",
      "9112, 8",
      Effect.OTHER_KIND,
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok"),
  SURPLUS(
      "bytes behind the response",
      "9112, 6.3",
      Effect.REUSE,
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok?"),
  CLOSE_BESIDE_KEEP_ALIVE(
      "both close and keep-alive in HTTP/1.0",
      "9112, 9.3",
      Effect.REUSE,
      "HTTP/1.0 200 OK\r\nConnection: close, keep-alive\r\nContent-Length: 2\r\n\r\nok"),
  PROXY_CONNECTION(
      "a Proxy-Connection without a Connection",
      "9112, C.2.2",
      Effect.REUSE,
      "HTTP/1.1 200 OK\r\nProxy-Connection: close\r\nContent-Length: 2\r\n\r\nok");

  /** What may differ. */
  enum Effect {
    /** The loop fails, the library may make anything of it. */
    LIBRARY_READS_ON,
    /** Both fail, and call it differently. */
    OTHER_KIND,
    /** One keeps the connection, the other closes it. */
    REUSE;

    boolean allows(Seen loop, Seen library) {
      return switch (this) {
        case LIBRARY_READS_ON -> loop.isFailed();
        case OTHER_KIND -> loop.isFailed() && library.isFailed();
        case REUSE -> loop.equalsButForReuse(library);
      };
    }
  }

  private final String title;
  private final String section;
  private final Effect effect;
  private final String example;

  Difference(String title, String section, Effect effect, String example) {
    this.title = title;
    this.section = section;
    this.effect = effect;
    this.example = example;
  }

  /** What the bytes look like. */
  String title() {
    return title;
  }

  /** The RFC and its section that decide. */
  String section() {
    return section;
  }

  Effect effect() {
    return effect;
  }

  /** The answer to a GET, before the connection ends, that shows the difference. */
  Exchange example() {
    return Exchange.closing("GET", example);
  }
}

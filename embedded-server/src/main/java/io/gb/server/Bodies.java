package io.gb.server;

import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.zip.GZIPOutputStream;

/** Answers whose body is the first {@code n} bytes of the {@link Payload}. */
final class Bodies {

  private static final int MAX_CHUNK = 8 * 1024;
  private static final int LEAST_CHUNKS = 4;

  private Bodies() {}

  /** Sends a Content-Length and streams the body, so that memory does not grow with {@code n}. */
  static void bytes(HttpServerExchange exchange, long n) {
    exchange.setResponseContentLength(n);
    stream(exchange, n, Long.MAX_VALUE);
  }

  /**
   * Sends chunks of at most 8 KiB, and at least four of them if {@code n} allows; a client of
   * HTTP/1.0 receives the bytes until the connection is closed. Streamed like {@link #bytes}.
   */
  static void chunked(HttpServerExchange exchange, long n) {
    if (exchange.isHttp11()) {
      exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, Headers.CHUNKED.toString());
    }
    stream(exchange, n, Math.clamp(n / LEAST_CHUNKS, 1, MAX_CHUNK));
  }

  /** Sends gzip whatever the client accepts; compresses in memory for each request. */
  static void gzip(HttpServerExchange exchange, long n) throws IOException {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_ENCODING, Headers.GZIP.toString());
    headers.put(Headers.CONTENT_TYPE, "application/octet-stream");
    exchange.getResponseSender().send(ByteBuffer.wrap(compress(n)));
  }

  private static byte[] compress(long n) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WritableByteChannel gzip = Channels.newChannel(new GZIPOutputStream(bytes))) {
      for (long sent = 0; sent < n; ) {
        sent += gzip.write(Payload.from(sent, n - sent));
      }
    }
    return bytes.toByteArray();
  }

  private static void stream(HttpServerExchange exchange, long n, long piece) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
    long toSend = exchange.getRequestMethod().equals(Methods.HEAD) ? 0 : n;
    IoCallback pieces = new Pieces(toSend, piece);
    pieces.onComplete(exchange, exchange.getResponseSender());
  }
}

package io.gb.server;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;

/**
 * Answers with the request's body and Content-Type; {@code X-Echo-Method} and {@code X-Echo-Target}
 * (path and query as received) hold the rest. Memory is taken for the bytes that have arrived, not
 * for those that a Content-Length announces, and a body of more than {@link #MAX_BYTES} is answered
 * with 413.
 *
 * <p>The answer is sent after the whole body has arrived: most clients read nothing before they
 * have written everything, and would wait for this server while it waits for them.
 */
final class EchoHandler implements HttpHandler {

  /** The largest body that is echoed. */
  static final int MAX_BYTES = 1 << 25;

  private static final int FIRST_BYTES = 1024;
  private static final HttpString METHOD = new HttpString("X-Echo-Method");
  private static final HttpString TARGET = new HttpString("X-Echo-Target");

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    if (exchange.getRequestContentLength() > MAX_BYTES) {
      tooLarge(exchange);
      return;
    }
    String query = exchange.getQueryString();
    String path = exchange.getRequestURI();
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(METHOD, exchange.getRequestMethod().toString());
    headers.put(TARGET, query.isEmpty() ? path : path + "?" + query);
    String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
    if (type != null) {
      headers.put(Headers.CONTENT_TYPE, type);
    }
    StreamSourceChannel channel = exchange.getRequestChannel();
    Body body = new Body(exchange);
    channel.getReadSetter().set(body);
    body.handleEvent(channel);
  }

  private static void tooLarge(HttpServerExchange exchange) {
    exchange.setPersistent(false);
    Text.send(
        exchange,
        StatusCodes.REQUEST_ENTITY_TOO_LARGE,
        "the body must not be larger than " + MAX_BYTES + " bytes");
  }

  /** Collects the body of one exchange as it arrives; used by its I/O thread only. */
  private static final class Body implements ChannelListener<StreamSourceChannel> {

    private final HttpServerExchange exchange;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    Body(HttpServerExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void handleEvent(StreamSourceChannel channel) {
      try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
        ByteBuffer buffer = pooled.getBuffer();
        int read = channel.read(buffer);
        while (read > 0 && length + read <= MAX_BYTES) {
          append(buffer.flip());
          read = channel.read(buffer.clear());
        }
        if (read == 0) {
          channel.resumeReads();
          return;
        }
        channel.suspendReads();
        channel.getReadSetter().set(null);
        if (read > 0) {
          tooLarge(exchange);
        } else {
          exchange.getResponseSender().send(ByteBuffer.wrap(bytes, 0, length));
        }
      } catch (IOException e) {
        IoUtils.safeClose(exchange.getConnection());
      }
    }

    private void append(ByteBuffer part) {
      int size = part.remaining();
      if (length + size > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + size, 2 * bytes.length));
      }
      part.get(bytes, length, size);
      length += size;
    }
  }
}

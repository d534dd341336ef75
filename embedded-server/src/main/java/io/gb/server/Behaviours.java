package io.gb.server;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.xnio.IoUtils;

/** Answers that are special in their status, headers or timing. Any method is accepted. */
final class Behaviours {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private Behaviours() {}

  /**
   * Answers {@code ok} after {@code millis} ms at the earliest; no thread waits. Looks once a
   * second whether the client has closed the connection, and closes this end then.
   */
  static void delay(HttpServerExchange exchange, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> await(exchange, end));
  }

  private static void await(HttpServerExchange exchange, long end) {
    long left = end - System.nanoTime();
    if (left <= 0) {
      ok(exchange);
    } else if (isClosedByClient(exchange)) {
      IoUtils.safeClose(exchange.getConnection());
    } else {
      exchange
          .getIoThread()
          .executeAfter(
              () -> await(exchange, end), Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
    }
  }

  /**
   * With HTTP/1.1 this reads ahead, at most one buffer: only a read tells that the other end is
   * closed. With HTTP/2 Undertow reads all the time. It does not tell of a stream that was reset,
   * whose delay therefore runs to its end.
   */
  private static boolean isClosedByClient(HttpServerExchange exchange) {
    if (!(exchange.getConnection() instanceof HttpServerConnection connection)) {
      return !exchange.getConnection().isOpen();
    }
    if (!exchange.isRequestComplete() || connection.getExtraBytes() != null) {
      return false;
    }
    PooledByteBuffer ahead = connection.getByteBufferPool().allocate();
    int read;
    try {
      read = connection.getOriginalSourceConduit().read(ahead.getBuffer());
    } catch (IOException e) {
      read = -1;
    }
    if (read > 0) {
      ahead.getBuffer().flip();
      connection.ungetRequestBytes(ahead);
    } else {
      ahead.close();
    }
    return read < 0;
  }

  /** Answers with that status and its name, or with no body where HTTP forbids one. */
  static void status(HttpServerExchange exchange, long code) {
    int status = (int) code;
    exchange.setStatusCode(status);
    if (Connectors.isEntityBodyAllowed(exchange) && status != StatusCodes.RESET_CONTENT) {
      Text.send(exchange, status, status + " " + StatusCodes.getReason(status));
    } else {
      exchange.endExchange();
    }
  }

  /** Sends the client to {@code /redirect/{n-1}}, or from 1 to 10k.dat. */
  static void redirect(HttpServerExchange exchange, long n) {
    String target = n == 1 ? "/10k.dat" : "/redirect/" + (n - 1);
    exchange.getResponseHeaders().put(Headers.LOCATION, target);
    Text.send(exchange, StatusCodes.FOUND, target);
  }

  /** Answers {@code ok} and closes the connection, unless it is one of HTTP/2. */
  static void close(HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.CONNECTION, Headers.CLOSE.toString());
    ok(exchange);
  }

  /** Answers with the received headers as {@code name: value} lines, sorted by name. */
  static void headers(HttpServerExchange exchange) {
    String lines =
        StreamSupport.stream(exchange.getRequestHeaders().spliterator(), false)
            .sorted(comparing(HeaderValues::getHeaderName))
            .flatMap(values -> values.stream().map(value -> values.getHeaderName() + ": " + value))
            .collect(joining("\n"));
    Text.send(exchange, StatusCodes.OK, lines);
  }

  private static void ok(HttpServerExchange exchange) {
    Text.send(exchange, StatusCodes.OK, "ok");
  }
}

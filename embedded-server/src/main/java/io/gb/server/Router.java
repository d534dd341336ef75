package io.gb.server;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Map;

/**
 * Counts a request, sets the {@code Server} header, and picks the handler by path. Thread-safe. The
 * table of paths is in {@link EmbeddedServer}.
 */
final class Router implements HttpHandler {

  /** Value of the {@code Server} header. */
  static final String SERVER = "gb-embedded/0.1";

  private static final long MAX_BYTES = 1L << 50;
  private static final long MAX_GZIP_BYTES = 1L << 24;
  private static final long MAX_DELAY_MILLIS = 3_600_000;
  private static final long MAX_REDIRECTS = 1_000_000;

  private final Counters counters;
  private final Map<String, HttpHandler> plain;
  private final Map<String, NumberRoute> numbered;

  private Router(
      Counters counters, Map<String, HttpHandler> plain, Map<String, NumberRoute> numbered) {
    this.counters = counters;
    this.plain = plain;
    this.numbered = numbered;
  }

  /** Undertow has checked that it is digits, but lets their value overflow. */
  private static boolean isLong(String digits) {
    try {
      return Long.parseLong(digits) >= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  static Router create(Counters counters) {
    return new Router(
        counters,
        Map.of(
            "/10k.dat",
            new ReadOnly(new TenKHandler()),
            "/echo",
            new HttpContinueReadHandler(new EchoHandler()),
            "/headers",
            Behaviours::headers,
            "/close",
            Behaviours::close),
        Map.of(
            "/bytes/", new NumberRoute("n", 0, MAX_BYTES, Bodies::bytes),
            "/chunked/", new NumberRoute("n", 0, MAX_BYTES, Bodies::chunked),
            "/gzip/", new NumberRoute("n", 0, MAX_GZIP_BYTES, Bodies::gzip),
            "/delay/", new NumberRoute("millis", 0, MAX_DELAY_MILLIS, Behaviours::delay),
            "/status/", new NumberRoute("code", 200, 599, Behaviours::status),
            "/redirect/", new NumberRoute("n", 1, MAX_REDIRECTS, Behaviours::redirect)));
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    counters.requestReceived();
    exchange.getResponseHeaders().put(Headers.SERVER, SERVER);
    String length = exchange.getRequestHeaders().getFirst(Headers.CONTENT_LENGTH);
    if (length != null && !isLong(length)) {
      exchange.setPersistent(false);
      Text.send(exchange, StatusCodes.BAD_REQUEST, "Content-Length is out of range: " + length);
      return;
    }
    String path = exchange.getRequestPath();
    HttpHandler handler = plain.get(path);
    if (handler != null) {
      handler.handleRequest(exchange);
      return;
    }
    int argument = path.indexOf('/', 1) + 1;
    NumberRoute route = numbered.get(path.substring(0, argument));
    if (route != null) {
      route.handle(exchange, path.substring(argument));
    } else {
      Text.send(exchange, StatusCodes.NOT_FOUND, "no such path: " + path);
    }
  }
}

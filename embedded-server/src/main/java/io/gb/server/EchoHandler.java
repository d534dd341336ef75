package io.gb.server;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;

/**
 * Answers with the request's body and Content-Type; {@code X-Echo-Method} and {@code X-Echo-Target}
 * (path and query as received) say the rest. The body is held in memory.
 */
final class EchoHandler implements HttpHandler {

  private static final HttpString METHOD = new HttpString("X-Echo-Method");
  private static final HttpString TARGET = new HttpString("X-Echo-Target");

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    String query = exchange.getQueryString();
    String path = exchange.getRequestURI();
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(METHOD, exchange.getRequestMethod().toString());
    headers.put(TARGET, query.isEmpty() ? path : path + "?" + query);
    String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
    if (type != null) {
      headers.put(Headers.CONTENT_TYPE, type);
    }
    exchange
        .getRequestReceiver()
        .receiveFullBytes((same, body) -> same.getResponseSender().send(ByteBuffer.wrap(body)));
  }
}

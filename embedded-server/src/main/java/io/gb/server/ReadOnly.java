package io.gb.server;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;

/** Lets GET and HEAD through to the next handler and answers every other method with 405. */
record ReadOnly(HttpHandler next) implements HttpHandler {

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    HttpString method = exchange.getRequestMethod();
    if (method.equals(Methods.GET) || method.equals(Methods.HEAD)) {
      next.handleRequest(exchange);
    } else {
      exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
      Text.send(exchange, StatusCodes.METHOD_NOT_ALLOWED, "method not allowed: " + method);
    }
  }
}

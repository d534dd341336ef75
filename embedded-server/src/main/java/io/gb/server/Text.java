package io.gb.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;

/** Sends short answers in plain text. */
final class Text {

  private Text() {}

  /** Sends {@code line} and a line feed, in UTF-8, and ends the exchange. */
  static void send(HttpServerExchange exchange, int status, String line) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
    exchange.getResponseSender().send(line + "\n", StandardCharsets.UTF_8);
  }
}

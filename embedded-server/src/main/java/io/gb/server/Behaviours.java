package io.gb.server;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** Answers that differ in how they come rather than in what they carry. Any method is accepted. */
final class Behaviours {

  private Behaviours() {}

  /** Answers {@code ok} after {@code millis} ms at the earliest; no thread waits. */
  static void delay(HttpServerExchange exchange, long millis) {
    exchange.dispatch(
        SameThreadExecutor.INSTANCE,
        () ->
            exchange.getIoThread().executeAfter(() -> ok(exchange), millis, TimeUnit.MILLISECONDS));
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

  /** Answers {@code ok} and closes the connection. */
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

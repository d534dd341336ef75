package io.gb.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;

/**
 * A path that ends in a whole number.
 *
 * @param name the name of the number in the message of a 400
 * @param min the smallest number allowed, 0 or more
 * @param max the largest number allowed
 * @param answer sends the answer for a number in range
 */
record NumberRoute(String name, long min, long max, Answer answer) {

  /** Answers one request; called on the connection's I/O thread. */
  @FunctionalInterface
  interface Answer {
    void send(HttpServerExchange exchange, long number) throws IOException;
  }

  /** Answers with 400 unless {@code text} is decimal digits for a number in range. */
  void handle(HttpServerExchange exchange, String text) throws IOException {
    long number = parse(text);
    if (number < min || number > max) {
      Text.send(
          exchange,
          StatusCodes.BAD_REQUEST,
          "%s must be a whole number from %d to %d: %s".formatted(name, min, max, text));
    } else {
      answer.send(exchange, number);
    }
  }

  private static long parse(String text) {
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

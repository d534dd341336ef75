package io.gb.harness.http;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes responses wrong, at random and by the tricks that are known to deceive readers. */
final class Mutation {

  /** Whole lines that change how a response is read. */
  private static final List<String> LINES =
      List.of(
          "Content-Length: 3\r\n",
          "Content-Length: +5\r\n",
          "Content-Length: 5, 5\r\n",
          "Content-Length: 5,\r\n",
          "Content-Length: 0\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer-Encoding: chunked,\r\n",
          "Transfer-Encoding : chunked\r\n",
          "Connection: close\r\n",
          "Connection: keep-alive\r\n",
          "Proxy-Connection: close\r\n",
          "Proxy-Connection: keep-alive\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n",
          "HTTP/1.1 200 OK\r\n",
          " folded\r\n",
          "\tX: folded\r\n",
          "no colon\r\n",
          ": no name\r\n",
          "X Y: z\r\n",
          "0\r\n",
          "\r\n",
          "\n");

  /** In front of a line, such as that of the size of a chunk. */
  private static final List<String> PREFIXES = List.of("+", "-", " ", "\t", "0x", "0", "\r");

  /** Single characters that matter. */
  private static final String CHARACTERS = "\r\n\0 \t:;,0123456789abfx+-\u0080\u00ff";

  private Mutation() {}

  /** Returns the bytes with one to three changes. */
  static String of(String bytes, RandomGenerator random) {
    StringBuilder mutated = new StringBuilder(bytes);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      mutate(mutated, random);
    }
    return mutated.toString();
  }

  private static void mutate(StringBuilder bytes, RandomGenerator random) {
    int length = bytes.length();
    int at = place(bytes, random);
    int behind = Math.min(length, at + 1 + random.nextInt(8));
    switch (random.nextInt(12)) {
      case 0, 1 -> bytes.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      case 2 -> bytes.insert(at, (char) random.nextInt(256));
      case 3, 4 -> bytes.delete(at, behind);
      case 5 -> bytes.insert(at, bytes.substring(at, behind));
      case 6 -> bytes.setLength(at);
      case 7, 8 -> {
        if (at < length) {
          bytes.setCharAt(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
      }
      case 9, 10 -> {
        List<String> tricks = random.nextBoolean() ? LINES : PREFIXES;
        int line = bytes.indexOf("\n", at) + 1;
        bytes.insert(line, tricks.get(random.nextInt(tricks.size())));
      }
      default -> {
        int lineBreak = bytes.indexOf("\r\n", at);
        if (lineBreak >= 0) {
          bytes.deleteCharAt(lineBreak);
        }
      }
    }
  }

  /** Mostly in the head, where a body begins, or where it ends. */
  private static int place(StringBuilder bytes, RandomGenerator random) {
    int length = bytes.length();
    int body = bytes.indexOf("\r\n\r\n") + 4;
    int window = random.nextInt(50);
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(length + 1);
      case 1, 2, 3 -> Math.min(length, body + window);
      case 4, 5 -> Math.max(0, length - window);
      default -> Math.min(length, random.nextInt(body + 1));
    };
  }
}

package io.gb.harness.http;

import io.gb.harness.fixture.Answer;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A request without a body, and the bytes that answer it.
 *
 * @param method the method of the request
 * @param pieces the bytes of the response, a character each, as they are written one after another
 * @param closes whether the server closes the connection behind them
 */
record Exchange(String method, List<String> pieces, boolean closes) {

  private static final int SLOW_AT_MOST = 400;
  private static final int MOST_PIECES = 6;

  /** One whose response is written at once and followed by the end of the connection. */
  static Exchange closing(String method, String bytes) {
    return new Exchange(method, List.of(bytes), true);
  }

  /** One whose response is cut at random, now and then into single bytes. */
  static Exchange cutAtRandom(String method, String bytes, boolean closes, RandomGenerator random) {
    if (random.nextInt(20) == 0 && bytes.length() <= SLOW_AT_MOST) {
      return new Exchange(method, List.of(bytes.split("(?s)(?<=.)")), closes);
    }
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int left = random.nextInt(MOST_PIECES); left > 0; left--) {
      int to = random.nextInt(from, bytes.length() + 1);
      pieces.add(bytes.substring(from, to));
      from = to;
    }
    pieces.add(bytes.substring(from));
    pieces.removeIf(String::isEmpty);
    return new Exchange(method, List.copyOf(pieces), closes);
  }

  String bytes() {
    return String.join("", pieces);
  }

  Job request(String target) {
    return new Job(method, target, List.of(new Header("Host", "test")), new byte[0]);
  }

  Answer answer() {
    Answer answer = Answer.nothing();
    for (String piece : pieces) {
      answer = answer.then(piece);
    }
    return closes ? answer.thenClose() : answer;
  }

  /** The exchange for a message: printable, and not endless. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method).append(" answered by \"");
    String all = bytes();
    all.chars().limit(2000).forEach(c -> text.append(shown((char) c)));
    return text.append(all.length() > 2000 ? "…\" (" + all.length() + " bytes)" : "\"").toString();
  }

  private static String shown(char c) {
    return switch (c) {
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '"' -> "\\\"";
      default -> c < ' ' || c > '~' ? "\\%03o".formatted((int) c) : Character.toString(c);
    };
  }
}

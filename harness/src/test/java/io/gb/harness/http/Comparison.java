package io.gb.harness.http;

import io.gb.harness.http.response.Sloppiness;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what an engine made of responses with what the {@link ReferenceReader} makes of them.
 */
final class Comparison {

  private Comparison() {}

  /** Returns what is not as it should be, a text for each exchange and for the counts. */
  static List<String> problems(EngineKind kind, List<Exchange> exchanges, SeenByEngine result) {
    List<String> problems = new ArrayList<>();
    Map<Sloppiness, Long> sloppy = new EnumMap<>(Sloppiness.class);
    for (int i = 0; i < exchanges.size(); i++) {
      Exchange exchange = exchanges.get(i);
      ReferenceReader.Reading reading = ReferenceReader.read(exchange.method(), exchange.bytes());
      Seen seen = result.seen().get(i);
      if (!reading.allows(seen)) {
        problems.add("%s%n  %s saw %s%n  right: %s".formatted(exchange, kind, seen, reading));
      }
      if (!reading.seen().isFailed()) {
        reading.sloppy().forEach(which -> sloppy.merge(which, 1L, Long::sum));
      }
    }
    if (!sloppy.equals(result.sloppy())) {
      problems.add("%s counted %s, right: %s".formatted(kind, result.sloppy(), sloppy));
    }
    return problems;
  }

  /**
   * What an engine made of some exchanges.
   *
   * @param seen the outcomes in the order of the exchanges
   * @param sloppy its counts of sloppy responses
   */
  record SeenByEngine(List<Seen> seen, Map<Sloppiness, Long> sloppy) {}
}

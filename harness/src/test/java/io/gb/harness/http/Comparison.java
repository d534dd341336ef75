package io.gb.harness.http;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Compares what the engines made of the same bytes. The loop has to see what the {@link
 * ReferenceReader} sees, HttpClient what HttpCore sees, and the loop what they see unless there is
 * a {@link Difference} in the bytes. Not thread-safe.
 */
final class Comparison {

  private final List<String> problems = new ArrayList<>();
  private final Set<Difference> needed = EnumSet.noneOf(Difference.class);

  /** Compares one exchange. */
  void compare(Exchange exchange, Seen loop, Seen core, Seen client) {
    ReferenceReader.Reading reading = ReferenceReader.read(exchange.method(), exchange.bytes());
    // What is behind a response may come with it or later; in between, the connection seems good.
    boolean asItShould =
        reading.differences().contains(Difference.SURPLUS)
            ? loop.equalsButForReuse(reading.seen())
            : loop.equals(reading.seen());
    boolean agree = loop.equals(core);
    if (!agree) {
      needed.addAll(reading.differences());
    }
    boolean explained =
        agree
            || reading.differences().stream()
                .anyMatch(difference -> difference.effect().allows(loop, core));
    if (!asItShould || !explained || !core.equals(client)) {
      problems.add(
          "%s%n  loop saw %s%n  core saw %s%n  client saw %s%n  the RFC's: %s"
              .formatted(exchange, loop, core, client, reading));
    }
  }

  /** What is not as it should be, a text for each exchange. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** The differences without which there would be more problems. */
  Set<Difference> needed() {
    return needed;
  }
}

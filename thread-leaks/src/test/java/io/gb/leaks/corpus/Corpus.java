package io.gb.leaks.corpus;

import java.util.List;
import java.util.stream.Stream;

/** All cases that this JVM can play. */
public final class Corpus {

  private Corpus() {}

  /** Those whose threads leak; each has a variant without the fault. */
  public static List<Case> leaky() {
    return Stream.of(
            Positives.all(),
            Monitors.leaky(),
            Miniatures.all(),
            PrimitiveMiniatures.all(),
            GoPrimitives.all(),
            GoPatterns.leaky(),
            GoKer.all())
        .flatMap(List::stream)
        .filter(Corpus::runsHere)
        .toList();
  }

  /** Those that only look like it. */
  public static List<Case> healthy() {
    return Stream.of(
            Negatives.all(), Monitors.healthy(), CollectorNegatives.all(), GoPatterns.healthy())
        .flatMap(List::stream)
        .filter(Corpus::runsHere)
        .toList();
  }

  private static boolean runsHere(Case c) {
    return c.since() <= Runtime.version().feature();
  }
}

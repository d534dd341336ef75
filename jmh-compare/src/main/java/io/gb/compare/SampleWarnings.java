package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.Warning.Kind;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Family;
import io.gb.compare.stats.Modes;
import io.gb.compare.text.Numbers;

/** Warns of samples that are too small, vary too much or form clusters. */
final class SampleWarnings {

  /** An interval is wide, and a fork lies far from the others, above this share of the median. */
  private static final double HUGE_ERROR = 0.25;

  /** Clusters of forks closer than this share of the median do not matter. */
  private static final double MODES_APART = 0.02;

  private final Settings settings;
  private final Family family;
  private final int fewestForks;

  SampleWarnings(Settings settings, Family family) {
    this.settings = settings;
    this.family = family;
    this.fewestForks = Family.empty(settings.level()).fewest();
  }

  /** Adds the warnings about a pair that was not compared exactly. */
  void check(Tested one) {
    boolean byForks = one.method() == Method.FORKS;
    String unit = byForks ? "forks" : "iterations";
    Pair pair = one.pair();
    if (!byForks) {
      String forks = pair.base().count() + " and " + pair.contender().count() + " forks";
      pair.mark(
          Kind.ITERATIONS,
          "with "
              + forks
              + ", iterations are compared instead, and a difference between forks can"
              + " look like a change; at least "
              + fewestForks
              + " forks are needed on each side");
    }
    if (!one.base().isBounded() || !one.contender().isBounded()) {
      String interval = "an interval at " + Numbers.plain(100 * settings.confidence()) + " %";
      String needed = "; at least " + Estimate.fewest(settings.confidence()) + " are needed";
      pair.mark(Kind.FEW_SAMPLES, "too few " + unit + " for " + interval + needed);
    }
    if (!family.canShow(one.base().n(), one.contender().n())) {
      String rows = family.size() > 1 ? " among " + family.size() + " rows" : "";
      String n = "n=" + Math.min(one.base().n(), one.contender().n()) + rows;
      String needed = "; at least " + family.fewest() + " " + unit + " are needed on each side";
      pair.mark(Kind.FEW_SAMPLES, "no difference can be shown with " + n + needed);
    }
    if (one.base().isWiderThan(HUGE_ERROR) || one.contender().isWiderThan(HUGE_ERROR)) {
      pair.mark(
          Kind.HUGE_ERROR, "an interval is wider than ±" + Numbers.plain(100 * HUGE_ERROR) + " %");
    }
    if (byForks) {
      double[] base = pair.base().medians();
      double[] contender = pair.contender().medians();
      if (Modes.isBimodal(base, MODES_APART) || Modes.isBimodal(contender, MODES_APART)) {
        pair.mark(Kind.BIMODAL, "the forks form two clusters");
      } else if (Modes.hasStragglers(base, HUGE_ERROR)
          || Modes.hasStragglers(contender, HUGE_ERROR)) {
        pair.mark(Kind.BIMODAL, "one or two forks lie far from the others");
      }
    }
  }
}

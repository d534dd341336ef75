package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.Warning.Kind;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Modes;

/** Warns of samples that are too small, too wide or fall into groups. */
final class SampleWarnings {

  /** Beyond this share of the median, an interval says little, and a fork is an odd one. */
  private static final double HUGE_ERROR = 0.25;

  /** Groups of forks closer than this share of the median do not matter. */
  private static final double MODES_APART = 0.02;

  private final Settings settings;
  private final Family family;
  private final Warnings warnings;

  SampleWarnings(Settings settings, Family family, Warnings warnings) {
    this.settings = settings;
    this.family = family;
    this.warnings = warnings;
  }

  /** Looks at a pair that was not compared exactly. */
  void check(Tested one) {
    boolean byForks = one.method() == Method.FORKS;
    String unit = byForks ? "forks" : "iterations";
    Pair pair = one.pair();
    if (!byForks) {
      pair.mark(
          warnings,
          Kind.ITERATIONS,
          "with "
              + pair.base().size()
              + " and "
              + pair.contender().size()
              + " forks, iterations stand in for them, and a difference between forks may pass for"
              + " a change; it takes "
              + Sample.fewestForks(settings.level())
              + " on each side");
    }
    if (!one.base().isBounded() || !one.contender().isBounded()) {
      pair.mark(
          warnings,
          Kind.FEW_SAMPLES,
          "too few "
              + unit
              + " for an interval at "
              + Numbers.plain(100 * settings.confidence())
              + " %, it takes "
              + Estimate.fewest(settings.confidence()));
    }
    if (!family.canShow(one.base().n(), one.contender().n())) {
      int rows = family.size();
      pair.mark(
          warnings,
          Kind.FEW_SAMPLES,
          "no difference can be shown with n="
              + Math.min(one.base().n(), one.contender().n())
              + (rows > 1 ? " among " + rows + " rows" : "")
              + "; it takes "
              + family.fewest()
              + " "
              + unit
              + " on each side");
    }
    if (one.base().isWiderThan(HUGE_ERROR) || one.contender().isWiderThan(HUGE_ERROR)) {
      pair.mark(
          warnings,
          Kind.HUGE_ERROR,
          "an interval of more than ±" + Numbers.plain(100 * HUGE_ERROR) + " %");
    }
    if (byForks) {
      double[] base = Sample.of(Method.FORKS, pair.base());
      double[] contender = Sample.of(Method.FORKS, pair.contender());
      if (Modes.isBimodal(base, MODES_APART) || Modes.isBimodal(contender, MODES_APART)) {
        pair.mark(warnings, Kind.BIMODAL, "the forks fall into two groups");
      } else if (Modes.hasStragglers(base, HUGE_ERROR)
          || Modes.hasStragglers(contender, HUGE_ERROR)) {
        pair.mark(warnings, Kind.BIMODAL, "one or two forks lie far from the others");
      }
    }
  }
}

package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.Warning.Kind;
import io.gb.compare.measured.Forks;
import io.gb.compare.measured.Spread;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Family;
import io.gb.compare.stats.Iterations;
import io.gb.compare.stats.Modes;
import io.gb.compare.text.Numbers;
import java.util.Arrays;

/** Warns of samples that are too small, vary too much or form clusters. */
final class SampleWarnings {

  /** An interval is wide, and a fork lies far from the others, above this share of the median. */
  private static final double HUGE_ERROR = 0.25;

  /** The largest p of a trend that is named. */
  private static final double TREND = 0.01;

  /**
   * Clusters of forks, and halves of a fork, closer than this share of the median do not matter.
   */
  private static final double MODES_APART = 0.02;

  private final Settings settings;
  private final Family family;

  SampleWarnings(Settings settings, Family family) {
    this.settings = settings;
    this.family = family;
  }

  /** Adds the warnings about a pair that was not compared exactly. */
  void check(Tested one) {
    boolean byRanks = one.method() == Method.FORKS;
    Pair pair = one.pair();
    if (one.spread().filter(spread -> spread.source() == Spread.Source.ASSUMED).isPresent()) {
      if (settings.forkSpread().isEmpty()) {
        pair.mark(
            Kind.ASSUMED,
            "with so few forks, it is assumed that forks differ by "
                + Numbers.plain(100 * Spreads.ASSUMED)
                + " %; earlier results, a spread that you state, or at least "
                + family.fewest()
                + " forks on each side are surer");
      }
      if (Spreads.hasSingleIteration(pair)) {
        pair.mark(
            Kind.ASSUMED,
            "a fork has one iteration: its variance is not known, so no gate is judged by it");
      }
    }
    if (byRanks && !(one.base().isBounded() && one.contender().isBounded())) {
      String interval = "an interval at " + Numbers.plain(100 * settings.confidence()) + " %";
      String needed = "; at least " + Estimate.fewest(settings.confidence()) + " are needed";
      pair.mark(Kind.FEW_SAMPLES, "too few forks for " + interval + needed);
    }
    if (byRanks && !family.canShow(one.base().n(), one.contender().n())) {
      String rows = family.size() > 1 ? " among " + family.size() + " rows" : "";
      String n = "n=" + Math.min(one.base().n(), one.contender().n()) + rows;
      String needed = "; at least " + family.fewest() + " forks are needed on each side";
      pair.mark(Kind.FEW_SAMPLES, "no difference can be shown with " + n + needed);
    }
    if (pair.key().isPrimary() && (isUnsteady(pair.base()) || isUnsteady(pair.contender()))) {
      pair.mark(
          Kind.UNSTEADY,
          "from iteration to iteration, the scores of a fork rise or fall; a longer warm-up may be"
              + " needed");
    }
    if (one.base().isWiderThan(HUGE_ERROR) || one.contender().isWiderThan(HUGE_ERROR)) {
      pair.mark(
          Kind.HUGE_ERROR, "an interval is wider than ±" + Numbers.plain(100 * HUGE_ERROR) + " %");
    }
    double[] base = pair.base().medians();
    double[] contender = pair.contender().medians();
    if (Modes.isBimodal(base, MODES_APART) || Modes.isBimodal(contender, MODES_APART)) {
      pair.mark(Kind.BIMODAL, "the forks form two clusters");
    } else if (Modes.hasStragglers(base, HUGE_ERROR)
        || Modes.hasStragglers(contender, HUGE_ERROR)) {
      pair.mark(Kind.BIMODAL, "one or two forks lie far from the others");
    }
  }

  /**
   * Whether a fork has a trend that is no chance, and that changes its score by more than a bit.
   */
  private static boolean isUnsteady(Forks forks) {
    return forks.scores().stream()
        .anyMatch(fork ->
            fork.length > 1
                && halvesDiffer(fork)
                && Iterations.trend(fork) * forks.count() <= TREND);
  }

  private static boolean halvesDiffer(double... fork) {
    int half = fork.length / 2;
    double first = Estimate.median(Arrays.copyOf(fork, half));
    double second = Estimate.median(Arrays.copyOfRange(fork, fork.length - half, fork.length));
    return Math.abs(second - first) > MODES_APART * Math.abs(first);
  }
}

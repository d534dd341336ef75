package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.Warning.Kind;
import io.gb.compare.measured.Forks;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Family;
import io.gb.compare.stats.MannWhitney;
import io.gb.compare.stats.Ratio;
import io.gb.compare.stats.UTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Tests pairs and judges them together. A test decides where there is noise. Counts, and bytes that
 * vary by no more than the settings ignore, are exact: they are compared without a test.
 */
final class Judge {

  private static final String VARIES = "varies, though this metric should have no noise";

  private final Settings settings;

  /** What a test could show if there were no others. */
  private final Family single;

  Judge(Settings settings) {
    this.settings = settings;
    this.single = Family.empty(settings.level());
  }

  /** Judges the pairs of all contenders. */
  List<Row> judge(List<Pair> pairs) {
    List<Tested> all = pairs.stream().map(this::test).toList();
    List<Tested> noisy = all.stream().filter(one -> one.method() != Method.EXACT).toList();
    Family family =
        new Family(noisy.stream().map(one -> one.test().orElseThrow()).toList(), settings.level());
    SampleWarnings samples = new SampleWarnings(settings, family);
    List<Row> rows = new ArrayList<>(all.size());
    int next = 0;
    for (Tested one : all) {
      if (one.method() == Method.EXACT) {
        rows.add(exactRow(one));
      } else {
        samples.check(one);
        rows.add(noisyRow(one, family, next++));
      }
    }
    return rows;
  }

  private Tested test(Pair pair) {
    return switch (pair.key().unit().kind()) {
      case COUNT -> counts(pair);
      case BYTES -> bytes(pair);
      default -> noisy(pair);
    };
  }

  private Tested counts(Pair pair) {
    Estimate base = Estimate.ofCounts(pair.base().iterations(), pair.base().count());
    Estimate contender = Estimate.ofCounts(pair.contender().iterations(), pair.contender().count());
    if (spread(base, contender) > 0) {
      pair.mark(Kind.VARIES, VARIES);
    }
    return exact(pair, base, contender, Optional.empty());
  }

  private Tested bytes(Pair pair) {
    double[] baseForks = pair.base().medians();
    double[] contenderForks = pair.contender().medians();
    Estimate base = ofBytes(pair.base(), baseForks);
    Estimate contender = ofBytes(pair.contender(), contenderForks);
    if (spread(base, contender) > tolerance(base, contender)) {
      pair.mark(Kind.VARIES, VARIES);
      return noisy(pair);
    }
    // The test is for gates that allow less than the tolerance. A single value does not tell
    // whether it varies.
    boolean isSteady =
        spread(base, contender) == 0 && isRepeated(pair.base()) && isRepeated(pair.contender());
    return exact(
        pair,
        base,
        contender,
        isSteady ? Optional.empty() : Optional.of(MannWhitney.test(baseForks, contenderForks)));
  }

  private static boolean isRepeated(Forks forks) {
    return forks.count() > 1 || !forks.areSingleIterations();
  }

  /** The iterations of a single fork tell how much the values vary. */
  private static Estimate ofBytes(Forks forks, double[] medians) {
    return Estimate.ofExact(forks.count() == 1 ? forks.iterations() : medians, forks.count());
  }

  private static Tested exact(Pair pair, Estimate base, Estimate contender, Optional<UTest> test) {
    Optional<Ratio> ratio = Ratio.exact(base.median(), contender.median());
    return new Tested(pair, Method.EXACT, base, contender, ratio, test);
  }

  private Tested noisy(Pair pair) {
    Method method = method(pair.base(), pair.contender());
    double[] base = values(method, pair.base());
    double[] contender = values(method, pair.contender());
    return new Tested(
        pair,
        method,
        Estimate.ofMedian(base, settings.confidence()),
        Estimate.ofMedian(contender, settings.confidence()),
        Ratio.hodgesLehmann(base, contender, settings.confidence()),
        Optional.of(MannWhitney.test(base, contender)));
  }

  /**
   * Iterations are compared if not even forks that do not overlap would show a difference, unless
   * they would add nothing.
   */
  private Method method(Forks base, Forks contender) {
    return single.canShow(base.count(), contender.count())
            || (base.areSingleIterations() && contender.areSingleIterations())
        ? Method.FORKS
        : Method.ITERATIONS;
  }

  private static double[] values(Method method, Forks forks) {
    return method == Method.FORKS ? forks.medians() : forks.iterations();
  }

  private Row noisyRow(Tested one, Family family, int test) {
    // Iterations show how much a fork varies, not how much forks differ.
    boolean same =
        one.method() == Method.FORKS
            && one.ratio().filter(r -> r.isWithin(settings.sameWithin())).isPresent();
    // The test is about which side tends to be larger; medians and ratio may still be equal.
    double shift = one.test().orElseThrow().shift();
    Verdict verdict = same ? Verdict.SAME : verdict(one.pair().key(), family.shows(test), shift);
    return row(one, OptionalDouble.of(family.adjustedP(test)), family.shows(test), verdict);
  }

  private Row exactRow(Tested one) {
    double change = one.change();
    // A difference that is no larger than the spread of one side is noise.
    boolean shown =
        one.isBytes() ? Math.abs(change) > spread(one.base(), one.contender()) : change != 0;
    Verdict verdict = exactVerdict(one, shown);
    boolean isChange = verdict == Verdict.LESS || verdict == Verdict.MORE;
    int n = Math.min(one.base().n(), one.contender().n());
    int fewest = single.fewest();
    if (one.isBytes() && isChange && n < fewest) {
      String needed = "; at least " + fewest + " forks are needed on each side";
      String reason = "changed, but n=" + n + " is too small to show how bytes vary between forks";
      one.pair().mark(Kind.FEW_SAMPLES, reason + needed);
    }
    return row(one, OptionalDouble.empty(), shown, verdict);
  }

  private Verdict exactVerdict(Tested one, boolean shown) {
    if (range(one) <= (one.isBytes() ? allowedShare(one.base(), one.contender()) : 0)) {
      return Verdict.SAME;
    }
    if (one.isBytes() && Math.abs(one.change()) <= settings.floorBytes()) {
      return Verdict.BELOW_FLOOR;
    }
    return verdict(one.pair().key(), shown, one.change());
  }

  /** Returns the range of the values of both sides together. */
  private static double range(Tested one) {
    return Math.max(one.base().upper(), one.contender().upper())
        - Math.min(one.base().lower(), one.contender().lower());
  }

  /** Returns the larger of the ranges of the two sides. */
  private static double spread(Estimate base, Estimate contender) {
    return Math.max(base.upper() - base.lower(), contender.upper() - contender.lower());
  }

  /** Returns the largest change in bytes that does not count; the same if the sides are swapped. */
  private double tolerance(Estimate base, Estimate contender) {
    return Math.max(settings.floorBytes(), allowedShare(base, contender));
  }

  private double allowedShare(Estimate base, Estimate contender) {
    return settings.sameWithin() * Math.min(Math.abs(base.median()), Math.abs(contender.median()));
  }

  private static Verdict verdict(TableKey key, boolean shown, double change) {
    if (!shown || change == 0) {
      return Verdict.NOT_SHOWN;
    }
    if (!key.isSpeed()) {
      return change > 0 ? Verdict.MORE : Verdict.LESS;
    }
    return change > 0 == (key.unit().direction() == Unit.Direction.HIGHER)
        ? Verdict.FASTER
        : Verdict.SLOWER;
  }

  private static Row row(Tested one, OptionalDouble adjustedP, boolean shown, Verdict verdict) {
    Pair pair = one.pair();
    return new Row(
        pair.key(),
        pair.id(),
        one.method(),
        one.base(),
        one.contender(),
        one.ratio(),
        one.test(),
        adjustedP,
        shown,
        verdict,
        pair.marks());
  }
}

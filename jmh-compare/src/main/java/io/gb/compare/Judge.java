package io.gb.compare;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import io.gb.compare.Row.Method;
import io.gb.compare.Row.TableKey;
import io.gb.compare.Warning.Kind;
import io.gb.compare.measured.Forks;
import io.gb.compare.measured.Spread;
import io.gb.compare.measured.Spread.Source;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Family;
import io.gb.compare.stats.LogDifference;
import io.gb.compare.stats.MannWhitney;
import io.gb.compare.stats.Ratio;
import io.gb.compare.stats.TestOfRatio;
import io.gb.compare.stats.TestResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Tests pairs and judges them together. A test decides where there is noise: of ranks, if there are
 * enough forks for it among all rows, else of Student's t with the spread of the forks. Counts, and
 * bytes that vary by no more than the settings ignore, are exact: they are compared without a test.
 */
final class Judge {

  /** Bytes that collections freed, which are few and come when they like: they have noise. */
  static final String CHURN = "gc.churn.";

  private static final String VARIES = "varies, though this metric should have no noise";

  /** A row that shows nothing names the forks that show a change as large in so many cases. */
  private static final double POWER = 0.9;

  /** A test of ranks needs so many more forks than Student's t, if the noise is normal. */
  private static final double RANKS = Math.PI / 3;

  private final Settings settings;
  private final History history;

  /** What a test could show if there were no others. */
  private final Family single;

  Judge(Settings settings, History history) {
    this.settings = settings;
    this.history = history;
    this.single = Family.empty(settings.level());
  }

  /** Judges the pairs of all contenders. */
  List<Row> judge(List<Pair> pairs) {
    List<Optional<Tested>> exact = pairs.stream().map(this::exact).toList();
    List<Pair> noisy =
        IntStream.range(0, pairs.size())
            .filter(i -> exact.get(i).isEmpty())
            .mapToObj(pairs::get)
            .toList();
    Map<Boolean, Long> sizes =
        noisy.stream().collect(partitioningBy(pair -> pair.key().isPrimary(), counting()));
    Predicate<Pair> hasRanks =
        pair ->
            Family.canShow(
                pair.base().count(),
                pair.contender().count(),
                sizes.getOrDefault(pair.key().isPrimary(), 0L).intValue(),
                settings.level());
    // Rows with many forks only say how much the others may spread.
    Spreads spreads =
        new Spreads(noisy.stream().allMatch(hasRanks) ? List.of() : noisy, history, settings);
    List<Tested> tested =
        noisy.stream()
            .map(pair ->
                (hasRanks.test(pair) ? Optional.<Spread>empty() : spread(pair, spreads))
                    .map(spread -> bySpread(pair, spread))
                    .orElseGet(() -> byRanks(pair)))
            .toList();
    Map<Boolean, Family> families =
        tested.stream()
            .collect(
                partitioningBy(
                    one -> one.pair().key().isPrimary(),
                    collectingAndThen(
                        mapping(one -> one.result().orElseThrow(), toList()),
                        results -> new Family(results, settings.level()))));
    Map<Boolean, Integer> next = new HashMap<>();
    Iterator<Tested> rest = tested.iterator();
    List<Row> rows = new ArrayList<>(pairs.size());
    for (Optional<Tested> one : exact) {
      rows.add(one.map(this::exactRow).orElseGet(() -> noisyRow(rest.next(), families, next)));
    }
    return rows;
  }

  /** Compares without a test; nothing if there is noise. */
  private Optional<Tested> exact(Pair pair) {
    return switch (pair.key().unit().kind()) {
      case COUNT -> Optional.of(counts(pair));
      case BYTES -> pair.key().metric().startsWith(CHURN) ? Optional.empty() : bytes(pair);
      default -> Optional.empty();
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

  private Optional<Tested> bytes(Pair pair) {
    double[] baseForks = pair.base().medians();
    double[] contenderForks = pair.contender().medians();
    Estimate base = ofBytes(pair.base(), baseForks);
    Estimate contender = ofBytes(pair.contender(), contenderForks);
    if (spread(base, contender) > tolerance(base, contender)) {
      pair.mark(Kind.VARIES, VARIES);
      return Optional.empty();
    }
    // The test is for gates that allow less than the tolerance. A single value does not tell
    // whether it varies.
    boolean isSteady =
        spread(base, contender) == 0 && isRepeated(pair.base()) && isRepeated(pair.contender());
    return Optional.of(
        exact(
            pair,
            base,
            contender,
            isSteady
                ? Optional.empty()
                : Optional.of(MannWhitney.ofRatio(baseForks, contenderForks))));
  }

  private static boolean isRepeated(Forks forks) {
    return forks.count() > 1 || !forks.areSingleIterations();
  }

  /** The iterations of a single fork tell how much the values vary. */
  private static Estimate ofBytes(Forks forks, double[] medians) {
    return Estimate.ofExact(forks.count() == 1 ? forks.iterations() : medians, forks.count());
  }

  private static Tested exact(
      Pair pair, Estimate base, Estimate contender, Optional<TestOfRatio> test) {
    Optional<Ratio> ratio = Ratio.exact(base.median(), contender.median());
    return new Tested(pair, Method.EXACT, base, contender, ratio, test, Optional.empty());
  }

  /** Forks that do not differ at all have ranks, if there are some; no need to assume a spread. */
  private Optional<Spread> spread(Pair pair, Spreads spreads) {
    boolean hasSomeForks = single.canShow(pair.base().count(), pair.contender().count());
    return spreads.of(pair).filter(one -> one.source() != Source.ASSUMED || !hasSomeForks);
  }

  private Tested byRanks(Pair pair) {
    double[] base = pair.base().medians();
    double[] contender = pair.contender().medians();
    return new Tested(
        pair,
        Method.FORKS,
        Estimate.ofMedian(base, settings.confidence()),
        Estimate.ofMedian(contender, settings.confidence()),
        Ratio.hodgesLehmann(base, contender, settings.confidence()),
        Optional.of(MannWhitney.ofRatio(base, contender)),
        Optional.empty());
  }

  private Tested bySpread(Pair pair, Spread spread) {
    LogDifference difference = Spreads.difference(pair, spread);
    return new Tested(
        pair,
        Method.SPREAD,
        estimate(pair.base(), spread),
        estimate(pair.contender(), spread),
        Optional.of(difference.ratio(settings.confidence())),
        Optional.of(difference),
        Optional.of(spread));
  }

  private Estimate estimate(Forks forks, Spread spread) {
    double reach =
        Math.exp(LogDifference.reach(Spreads.ofSide(forks, spread), settings.confidence()));
    double median = Estimate.median(forks.medians());
    return new Estimate(median, median / reach, median * reach, forks.count());
  }

  private Row noisyRow(Tested one, Map<Boolean, Family> families, Map<Boolean, Integer> positions) {
    boolean isPrimary = one.pair().key().isPrimary();
    Family family = Objects.requireNonNull(families.get(isPrimary));
    int test = positions.merge(isPrimary, 1, Integer::sum) - 1;
    new SampleWarnings(settings, family).check(one);
    boolean same = one.ratio().filter(r -> r.isWithin(settings.sameWithin())).isPresent();
    // The test is about which side tends to be larger; medians and ratio may still be equal.
    TestResult result = one.result().orElseThrow();
    boolean shown = family.shows(test);
    Verdict verdict = same ? Verdict.SAME : verdict(one.pair().key(), shown, result.shift());
    return row(
        one,
        OptionalDouble.of(result.p()),
        OptionalDouble.of(family.adjustedP(test)),
        verdict == Verdict.NOT_SHOWN ? forksToDecide(one, family) : OptionalInt.empty(),
        shown,
        verdict);
  }

  /** Plans for the change that the row seems to have, but for none that does not count. */
  private OptionalInt forksToDecide(Tested one, Family family) {
    Optional<Ratio> ratio = one.ratio();
    if (ratio.isEmpty()) {
      return OptionalInt.empty();
    }
    double change = Math.abs(Math.log(ratio.get().value()));
    double distance = Math.max(change, Math.log1p(settings.sameWithin()));
    double variance =
        one.spread()
            .map(spread -> spread.variance().value())
            .orElseGet(() -> RANKS * Spreads.within(one.pair()).value());
    double reach = family.reach(POWER);
    double forks = 2 * variance * reach * reach / (distance * distance);
    return forks > 0 && forks < Integer.MAX_VALUE
        ? OptionalInt.of(Math.max(family.fewest(), (int) Math.ceil(forks)))
        : OptionalInt.empty();
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
    return row(
        one, OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(), shown, verdict);
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

  private static Row row(
      Tested one,
      OptionalDouble p,
      OptionalDouble adjustedP,
      OptionalInt forksToDecide,
      boolean shown,
      Verdict verdict) {
    Pair pair = one.pair();
    return new Row(
        pair.key(),
        pair.id(),
        one.method(),
        one.base(),
        one.contender(),
        one.ratio(),
        one.test(),
        p,
        adjustedP,
        one.spread(),
        forksToDecide,
        shown,
        verdict,
        pair.marks());
  }
}

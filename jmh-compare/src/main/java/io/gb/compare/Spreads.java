package io.gb.compare;

import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.jmh.Mode;
import io.gb.compare.measured.Forks;
import io.gb.compare.measured.Spread;
import io.gb.compare.measured.Spread.Source;
import io.gb.compare.stats.Iterations;
import io.gb.compare.stats.LogDifference;
import io.gb.compare.stats.Prior;
import io.gb.compare.stats.Variance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds how much forks spread: from history, else from the forks of the two sides, else what the
 * user states, else an assumption. Benchmarks moderate each other's variances (see {@link Prior}).
 */
final class Spreads {

  /** The spread of forks that nothing is known of, as a share of the score. */
  static final double ASSUMED = 0.05;

  /** Only the spreads of one metric in one mode resemble each other. */
  private record Group(Source source, String metric, Mode mode) {

    static Group of(Pair pair, Spread spread) {
      return new Group(spread.source(), pair.key().metric(), pair.key().mode());
    }
  }

  /** The pairs that share the base or the history of a benchmark. */
  private record Shared(Group group, BenchmarkId id) {}

  private final Settings settings;
  private final IdentityHashMap<Pair, Spread> measured = new IdentityHashMap<>();
  private final Map<Group, Optional<Prior>> priors = new HashMap<>();

  /** Measures the spreads of pairs that have noise. */
  Spreads(List<Pair> pairs, History history, Settings settings) {
    this.settings = settings;
    Map<Shared, List<Pair>> shared = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      if (hasLogarithms(pair.base()) && hasLogarithms(pair.contender())) {
        Spread spread =
            history
                .of(pair)
                .map(variance -> new Spread(Source.HISTORY, variance))
                .orElseGet(() -> new Spread(Source.FORKS, within(pair)));
        measured.put(pair, spread);
        shared
            .computeIfAbsent(
                new Shared(Group.of(pair, spread), pair.id()), unused -> new ArrayList<>())
            .add(pair);
      }
    }
    Map<Group, List<Variance>> variances = new HashMap<>();
    shared.forEach((one, alike) ->
        variances
            .computeIfAbsent(one.group(), unused -> new ArrayList<>())
            .add(together(one.group().source(), alike)));
    variances.forEach((group, known) -> priors.put(group, Prior.of(known)));
  }

  /**
   * Returns the variance of a benchmark from all its contenders. Its base and its history count
   * once, however many contenders are compared with them.
   */
  private Variance together(Source source, List<Pair> alike) {
    Pair first = alike.get(0);
    return source == Source.HISTORY
        ? Objects.requireNonNull(measured.get(first)).variance()
        : Variance.within(
            Stream.concat(Stream.of(first.base()), alike.stream().map(Pair::contender))
                .map(Spreads::logarithms)
                .toList());
  }

  /** Returns the spread of the forks of a pair; nothing if nothing is known or can be assumed. */
  Optional<Spread> of(Pair pair) {
    Spread own = measured.get(pair);
    if (own == null) {
      return Optional.empty();
    }
    Optional<Prior> prior = priors.getOrDefault(Group.of(pair, own), Optional.empty());
    Variance variance = prior.map(others -> others.moderate(own.variance())).orElse(own.variance());
    if (variance.freedom() > 0 && variance.value() > 0) {
      return Optional.of(new Spread(own.source(), variance));
    }
    boolean isCold = pair.key().mode() == Mode.SINGLE_SHOT;
    if (!pair.key().isPrimary() || (isCold && settings.forkSpread().isEmpty())) {
      return Optional.empty();
    }
    boolean isStated = settings.forkSpread().isPresent() && !hasSingleIteration(pair);
    Source source = isStated ? Source.STATED : Source.ASSUMED;
    double share = Math.log1p(settings.forkSpread().orElse(ASSUMED));
    return Optional.of(new Spread(source, new Variance(share * share, Double.POSITIVE_INFINITY)));
  }

  /** Returns the ratio's logarithm of a pair with a spread. */
  static LogDifference difference(Pair pair, Spread spread) {
    Variance base = ofSide(pair.base(), spread);
    Variance contender = ofSide(pair.contender(), spread);
    double value = mean(logarithms(pair.contender())) - mean(logarithms(pair.base()));
    return new LogDifference(
        value,
        isMeasured(spread)
            ? new Variance(base.value() + contender.value(), spread.variance().freedom())
            : Variance.ofSum(List.of(base, contender)));
  }

  /**
   * Returns the variance of the mean of a side's logarithms. The forks of a run share what makes it
   * differ from other runs, so history counts in full. A measured spread includes the iterations'.
   */
  static Variance ofSide(Forks forks, Spread spread) {
    double n = forks.count();
    if (spread.source() == Source.HISTORY) {
      return spread.variance();
    }
    List<Variance> parts = new ArrayList<>();
    parts.add(spread.variance().times(1 / n));
    if (!isMeasured(spread)) {
      forks
          .map(Math::log)
          .scores()
          .forEach(one -> parts.add(Iterations.ofMedian(one).times(1 / (n * n))));
    }
    return Variance.ofSum(parts);
  }

  /** Whether a fork has one iteration that is to stand for many: its variance is not known. */
  static boolean hasSingleIteration(Pair pair) {
    return pair.key().mode() != Mode.SINGLE_SHOT
        && Stream.of(pair.base(), pair.contender())
            .flatMap(side -> side.scores().stream())
            .anyMatch(fork -> fork.length == 1);
  }

  private static boolean isMeasured(Spread spread) {
    return spread.source() == Source.FORKS || spread.source() == Source.HISTORY;
  }

  private static boolean hasLogarithms(Forks forks) {
    return Arrays.stream(forks.iterations()).allMatch(score -> score > 0);
  }

  /** Returns the variance of the forks' logarithms within both sides. */
  static Variance within(Pair pair) {
    return Variance.within(List.of(logarithms(pair.base()), logarithms(pair.contender())));
  }

  /** Returns the logarithm of each fork's score. */
  static double[] logarithms(Forks forks) {
    return Arrays.stream(forks.medians()).map(Math::log).toArray();
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}

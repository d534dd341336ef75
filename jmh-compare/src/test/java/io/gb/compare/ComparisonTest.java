package io.gb.compare;

import static io.gb.compare.Sides.ENVIRONMENT;
import static io.gb.compare.Sides.compare;
import static io.gb.compare.Sides.environment;
import static io.gb.compare.Sides.metric;
import static io.gb.compare.Sides.oneFork;
import static io.gb.compare.Sides.planned;
import static io.gb.compare.Sides.result;
import static io.gb.compare.Sides.side;
import static io.gb.compare.Sides.spread;
import static io.gb.compare.Sides.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.gb.compare.Row.Method;
import io.gb.compare.Warning.Kind;
import io.gb.compare.jmh.Environment;
import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.jmh.Mode;
import io.gb.compare.measured.Spread.Source;
import io.gb.compare.stats.Ratio;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

  @Test
  void lessTimeIsFaster() {
    Row row = only(times(spread(100, 0.001, 6)), times(spread(80, 0.001, 6)));
    assertThat(row.verdict()).isEqualTo(Verdict.FASTER);
    assertThat(row.shown()).isTrue();
    assertThat(row.p().orElseThrow()).isCloseTo(2.0 / 924, within(1e-15));
    assertThat(row.ratio().orElseThrow().value()).isCloseTo(0.8, within(1e-3));
    assertThat(row.method()).isEqualTo(Method.FORKS);
  }

  @ParameterizedTest
  @CsvSource({
    "THROUGHPUT, throughput, ops/s, SLOWER",
    "AVERAGE_TIME, time, ms/op, FASTER",
    "SAMPLE_TIME, time, us/op, FASTER",
    "SINGLE_SHOT, time, s/op, FASTER",
    "AVERAGE_TIME, gc.time, ms, LESS",
    "AVERAGE_TIME, failures, ops/us, LESS",
    "SAMPLE_TIME, p0.99, us/op, FASTER",
    "SAMPLE_TIME, put:p0.99, us/op, LESS",
    "AVERAGE_TIME, gc.alloc.rate, MB/sec, LESS",
    "THROUGHPUT, time, MB/sec, LESS"
  })
  void modeAndUnitOfThePrimaryMetricSayWhichWayIsBetter(
      Mode mode, String name, String unit, Verdict whenSmaller) {
    JmhResult base = result("a", mode, metric(name, unit, spread(100, 0.001, 6)));
    JmhResult contender = result("a", mode, metric(name, unit, spread(80, 0.001, 6)));
    assertThat(only(base, contender).verdict()).isEqualTo(whenSmaller);
  }

  @Test
  void sameIsSaidOnlyIfTheWholeIntervalIsNarrow() {
    assertThat(only(times(spread(100, 0.0001, 8)), times(spread(100.03, 0.0001, 8))).verdict())
        .isEqualTo(Verdict.SAME);
    assertThat(only(times(spread(100, 0.01, 8)), times(spread(100.3, 0.01, 8))).verdict())
        .isEqualTo(Verdict.NOT_SHOWN);
  }

  @Test
  void aChangeTooSmallToCountIsShownAndYetTheSame() {
    Row row = only(times(spread(100, 0.0001, 8)), times(spread(100.3, 0.0001, 8)));
    assertThat(row.shown()).isTrue();
    assertThat(row.verdict()).isEqualTo(Verdict.SAME);
  }

  @Test
  void manyIterationsDoNotMakeUpForForks() {
    JmhMetric base = forks(new double[] {10, 10.1, 10.2}, new double[] {12, 12.1, 12.2});
    JmhMetric contender = forks(new double[] {13, 13.1, 13.2}, new double[] {11, 11.1, 11.2});
    Comparison comparison =
        compare(
            side("base", result("a", Mode.AVERAGE_TIME, base)),
            side("new", result("a", Mode.AVERAGE_TIME, contender)));
    Row row = comparison.rows().get(0);
    assertThat(row.method()).isEqualTo(Method.SPREAD);
    assertThat(row.base().n()).isEqualTo(2);
    assertThat(row.spread().orElseThrow().source()).isEqualTo(Source.FORKS);
    assertThat(row.shown()).isFalse();
    assertThat(row.marks()).doesNotContain(Kind.ASSUMED);
  }

  @Test
  void eachForkCountsOnceByTheMedianOfItsIterations() {
    JmhMetric base =
        forks(new double[] {1, 2, 90}, new double[] {3}, new double[] {4, 6}, new double[] {7});
    Row row = only(result("a", Mode.AVERAGE_TIME, base), result("a", Mode.AVERAGE_TIME, base));
    assertThat(row.base().n()).isEqualTo(4);
    assertThat(row.base().median()).isEqualTo(4);
  }

  @Test
  void theSameBenchmarkInSeveralFilesHasAllTheirForks() {
    Side base = side("base", times(1, 2, 3), times(4, 5, 6));
    Row row = compare(base, side("new", times(1, 2, 3, 4, 5, 6))).rows().get(0);
    assertThat(row.base().n()).isEqualTo(6);
    assertThat(row.base().median()).isEqualTo(3.5);
  }

  @ParameterizedTest
  @CsvSource({
    "24, 24, SAME, false",
    "24, 26, BELOW_FLOOR, true",
    "24, 40, MORE, true",
    "40, 24, LESS, true",
    "0, 16, MORE, true",
    "10000, 10060, SAME, true",
    "10000, 10160, MORE, true"
  })
  void bytesCompareExactlyWithAFloorAndAShare(
      double base, double contender, Verdict verdict, boolean shown) {
    Row row = only(alloc("B/op", base, base), alloc("B/op", contender, contender));
    assertThat(row.verdict()).isEqualTo(verdict);
    assertThat(row.shown()).isEqualTo(shown);
    assertThat(row.method()).isEqualTo(Method.EXACT);
    assertThat(row.p()).isEmpty();
  }

  @Test
  void threeForksAreEnoughAgainstTen() {
    Row row = only(times(spread(100, 0.001, 3)), times(spread(80, 0.001, 10)));
    assertThat(row.method()).isEqualTo(Method.FORKS);
    assertThat(row.contender().n()).isEqualTo(10);
    assertThat(row.verdict()).isEqualTo(Verdict.FASTER);
    assertThat(only(oneFork("a", 1, 2), oneFork("a", 3, 4)).method()).isEqualTo(Method.SPREAD);
  }

  /** By hand: the logarithms of the forks differ by ln 2, and each side's vary by 0.005. */
  @Test
  void threeForksAreTestedByHowMuchTheySpread() {
    double[] base = {Math.exp(-0.1), 1, Math.exp(0.1)};
    Row row = only(times(base), times(2 * base[0], 2, 2 * base[2]));
    assertThat(row.method()).isEqualTo(Method.SPREAD);
    assertThat(row.spread().orElseThrow().variance().value()).isCloseTo(0.01, within(1e-12));
    assertThat(row.spread().orElseThrow().variance().freedom()).isEqualTo(4);
    assertThat(row.ratio().orElseThrow().value()).isCloseTo(2, within(1e-12));
    assertThat(row.verdict()).isEqualTo(Verdict.SLOWER);
    assertThat(row.marks()).doesNotContain(Kind.ASSUMED, Kind.FEW_SAMPLES);
  }

  @Test
  void nothingIsAssumedOfOtherMetricsAndOfColdStarts() {
    Row bytes = only(alloc("MB/sec", 10), alloc("MB/sec", 20));
    assertThat(bytes.spread()).isEmpty();
    assertThat(bytes.marks()).contains(Kind.FEW_SAMPLES);
    JmhResult cold = result("a", Mode.SINGLE_SHOT, metric("time", "ms/op", 10));
    assertThat(only(cold, cold).spread()).isEmpty();
    Settings stated = new Settings(0.05, 0.95, 0.01, 4, OptionalDouble.of(0.1));
    assertThat(only(cold, cold, stated).spread().orElseThrow().source()).isEqualTo(Source.STATED);
  }

  @Test
  void forksThatNeverVaryTellNothingOfTheNext() {
    double[] many = new double[30];
    Arrays.fill(many, 20);
    assertThat(only(times(many), times(50)).marks()).contains(Kind.ASSUMED);
    assertThat(only(alloc("#/op", many), alloc("#/op", 50)).shown()).isFalse();
  }

  @Test
  void earlierRunsSayHowMuchRunsDiffer() {
    List<Side> history =
        List.of(side("1", times(100)), side("2", times(103)), side("3", times(97)));
    Side base = side("base", times(101));
    Row row = withHistory(base, side("new", times(150)), history);
    assertThat(row.spread().orElseThrow().source()).isEqualTo(Source.HISTORY);
    assertThat(row.spread().orElseThrow().variance().freedom()).isEqualTo(2);
    assertThat(row.spread().orElseThrow().share()).isBetween(0.029, 0.031);
    // The new result is in the history as well, and two runs are left.
    assertThat(withHistory(base, side("new", times(97)), history).marks()).contains(Kind.ASSUMED);
  }

  private static Row withHistory(Side base, Side contender, List<Side> history) {
    return Comparison.of(
            base, List.of(contender), Selection.everything(), Settings.defaults(), history)
        .rows()
        .get(0);
  }

  @Test
  void aForkThatIsNotWarmIsNamed() {
    double[] falling = {130, 124, 118, 113, 109, 106, 104, 102};
    double[] steady = {104, 102, 105, 101, 103, 105, 102, 104};
    assertThat(only(oneFork("a", falling), oneFork("a", steady)).marks()).contains(Kind.UNSTEADY);
    assertThat(only(oneFork("a", steady), oneFork("a", steady)).marks())
        .doesNotContain(Kind.UNSTEADY);
  }

  @Test
  void leaksCompareByTheForkWithMostOfThem() {
    Row row = only(alloc("threads", 0, 0, 0, 0, 0, 0), alloc("threads", 0, 3, 3, 3, 3, 3));
    assertThat(row.verdict()).isEqualTo(Verdict.MORE);
    assertThat(row.contender().median()).isEqualTo(3);
    assertThat(row.marks()).contains(Kind.VARIES);
    Row once = only(alloc("threads", 0, 0, 0, 0, 0, 0), alloc("threads", 0, 0, 0, 0, 0, 1));
    assertThat(once.verdict()).isEqualTo(Verdict.MORE);
    assertThat(once.shown()).isTrue();
    assertThat(only(alloc("leaks", 7, 7), alloc("leaks", 7, 7)).verdict()).isEqualTo(Verdict.SAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "#/op", "counts", "MB/sec"})
  void otherCountsHaveNoise(String unit) {
    Row row = only(alloc(unit, 7, 9, 7, 8, 9, 8), alloc(unit, 8, 9, 8, 10, 9, 7));
    assertThat(row.method()).isEqualTo(Method.FORKS);
    assertThat(row.shown()).isFalse();
  }

  @Test
  void bytesThatVaryAreTestedSinceTheirMedianMayHideTheRest() {
    double[] base = new double[10];
    double[] contender = new double[10];
    Arrays.fill(base, 24);
    Arrays.fill(contender, 48);
    base[3] = 48;
    Row row = only(alloc("B/op", base), alloc("B/op", contender));
    assertThat(row.method()).isEqualTo(Method.FORKS);
    assertThat(row.verdict()).isEqualTo(Verdict.MORE);
    assertThat(row.marks()).contains(Kind.VARIES);
  }

  @Test
  void bytesThatVaryAsMuchAsTheyDifferShowNothing() {
    Row row = only(alloc("B/op", 24, 48, 24, 48), alloc("B/op", 48, 24, 48, 24));
    assertThat(row.verdict()).isEqualTo(Verdict.NOT_SHOWN);
    assertThat(row.marks()).contains(Kind.VARIES);
    Row little = only(alloc("B/op", 24.001, 24.003), alloc("B/op", 24.002, 24.003));
    assertThat(little.verdict()).isEqualTo(Verdict.SAME);
    assertThat(little.shown()).isFalse();
  }

  @Test
  void resultsOfDifferentThreadCountsAreNoForksOfEachOther() {
    Side base = side("base", threads(1, 10), threads(4, 40));
    Comparison comparison = compare(base, side("new", threads(1, 11), threads(4, 44)));
    assertThat(comparison.rows().stream().map(row -> row.id().label()))
        .containsExactly("org.sample.Codec.a (1 thread)", "org.sample.Codec.a (4 threads)");
    Comparison half = compare(base, side("new", threads(4, 44)));
    assertThat(half.rows()).hasSize(1);
    assertThat(half.unjudged())
        .extracting(one -> one.why() + " " + one.reason() + ": " + one.id().label())
        .containsExactly("GONE in base, not in new: org.sample.Codec.a (1 thread)");
  }

  @Test
  void rowsThatCannotShowAnythingDoNotWeighOnTheOthers() {
    Comparison comparison =
        compare(
            side("base", times(spread(100, 0.001, 5)), time("b", 0), time("c", 7, 7, 7, 7)),
            side("new", times(spread(80, 0.001, 5)), time("b", 2), time("c", 7, 7, 7, 7)));
    Row first = comparison.rows().get(0);
    assertThat(first.adjustedP()).isEqualTo(first.p());
    assertThat(comparison.rows().get(2).verdict()).isEqualTo(Verdict.SAME);
  }

  @Test
  void twoContendersOfOneNameAreRefused() {
    Side side = side("new", times(1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Comparison.of(side, List.of(side, side), Selection.everything(), Settings.defaults()))
        .withMessage("two contenders are called new");
  }

  @Test
  void namesAreSortedWithNumbersByTheirValueAndBeforeTexts() {
    List<String> values = List.of("7", "12k", "3m", "NaN", "1d", "10", "x", "1e2", "-1");
    JmhResult[] results =
        values.stream()
            .map(value -> sized("a", value, metric("time", "ns/op", 1)))
            .toArray(JmhResult[]::new);
    Selection byName =
        new Selection(Pattern.compile(""), Pattern.compile(""), Map.of(), "", Selection.Order.NAME);
    Side side = side("side", results);
    assertThat(
            Comparison.of(side, List.of(side), byName, Settings.defaults()).rows().stream()
                .map(row -> row.id().params().get("size")))
        .containsExactly("-1", "7", "10", "1e2", "12k", "1d", "3m", "NaN", "x");
  }

  @Test
  void pIsAdjustedOverTheWholeTable() {
    Comparison comparison =
        compare(
            side("base", times(spread(100, 0.001, 5)), time("b", spread(10, 0.01, 5))),
            side("new", times(spread(80, 0.001, 5)), time("b", spread(10, 0.01, 5))));
    Row first = comparison.rows().get(0);
    assertThat(first.adjustedP().orElseThrow())
        .isCloseTo(2 * first.p().orElseThrow(), within(1e-15));
  }

  @Test
  void withTooFewForksForSoManyRowsItIsSaidHowManyItTakes() {
    JmhResult[] results = new JmhResult[10];
    for (int i = 0; i < results.length; i++) {
      results[i] = time("b" + i, 0, 1, 2, 3);
    }
    Comparison comparison = compare(side("base", results), side("new", results));
    assertThat(comparison.warnings())
        .anyMatch(w ->
            w.text()
                .startsWith("no difference can be shown with n=4 among 10 rows; at least 6 forks"));
  }

  /** Ranks decide where they can among all rows; more forks never show less. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void whatIsTwiceAsSlowIsShownByAnyNumberOfForks(int forks) {
    Comparison comparison = many(10, forks, forks, 2);
    assertThat(comparison.rows()).allMatch(row -> row.verdict() == Verdict.SLOWER);
    assertThat(comparison.rows().get(0).method())
        .isEqualTo(forks < 6 ? Method.SPREAD : Method.FORKS);
    if (forks == 1) {
      assertThat(comparison.warnings().get(0).what()).contains("at least 6 forks on each side");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 39, 40, 60})
  void oneNewForkIsComparedWithAnyNumberOfOldOnes(int old) {
    assertThat(many(10, old, 1, 3).rows()).allMatch(Row::shown);
  }

  /** Some rows whose forks differ by 3 %. */
  private static Comparison many(int rows, int base, int contender, double factor) {
    SplittableRandom random = new SplittableRandom(1);
    JmhResult[] before = new JmhResult[rows];
    JmhResult[] after = new JmhResult[rows];
    for (int row = 0; row < rows; row++) {
      before[row] = time("r" + row, noisy(random, base, 100));
      after[row] = time("r" + row, noisy(random, contender, 100 * factor));
    }
    return compare(side("base", before), side("new", after));
  }

  private static double[] noisy(SplittableRandom random, int forks, double level) {
    return IntStream.range(0, forks)
        .mapToDouble(fork -> level * Math.exp(0.03 * random.nextGaussian()))
        .toArray();
  }

  /** A base of two forks has one degree of freedom, and three runs have two. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void theBaseAndTheHistoryCountOnceForAllContenders(int runs) {
    SplittableRandom random = new SplittableRandom(1);
    IntFunction<JmhResult[]> rows =
        forks ->
            IntStream.range(0, 10)
                .mapToObj(row -> time("r" + row, noisy(random, forks, 100)))
                .toArray(JmhResult[]::new);
    Comparison comparison =
        Comparison.of(
            side("base", rows.apply(2)),
            IntStream.range(0, 6).mapToObj(i -> side("new" + i, rows.apply(1))).toList(),
            Selection.everything(),
            Settings.defaults(),
            IntStream.range(0, runs).mapToObj(i -> side("run" + i, rows.apply(1))).toList());
    assertThat(comparison.rows())
        .hasSize(60)
        .allMatch(row -> row.spread().orElseThrow().variance().freedom() == (runs == 0 ? 1 : 2));
  }

  @Test
  @Timeout(10)
  void manyRenamedBenchmarksTakeNoTime() {
    IntFunction<JmhResult> before = i -> time("old" + i, 1);
    IntFunction<JmhResult> after = i -> time("new" + i, 1);
    int n = 30_000;
    JmhResult[] base = IntStream.range(0, n).mapToObj(before).toArray(JmhResult[]::new);
    JmhResult[] contender = IntStream.range(0, n).mapToObj(after).toArray(JmhResult[]::new);
    assertThat(compare(side("base", base), side("new", contender)).unjudged()).hasSize(2 * n);
  }

  @Test
  void unitsOfOneKindAreConverted() {
    JmhResult base = result("a", Mode.AVERAGE_TIME, metric("time", "us/op", 1, 1, 1, 1));
    JmhResult contender =
        result("a", Mode.AVERAGE_TIME, metric("time", "ns/op", 1000, 1000, 1000, 1000));
    Comparison comparison = compare(side("base", base), side("new", contender));
    assertThat(comparison.rows().get(0).contender().median()).isCloseTo(1, within(1e-12));
    assertThat(comparison.warnings())
        .anyMatch(w -> w.text().startsWith("unit differs, values converted to us/op"));
  }

  @Test
  void whatIsOnOneSideOnlyIsNamed() {
    JmhResult otherMode = result("a", Mode.THROUGHPUT, metric("throughput", "ops/s", 1, 2));
    Comparison comparison = compare(side("base", times(1, 2)), side("new", otherMode));
    assertThat(comparison.rows()).isEmpty();
    assertThat(comparison.warnings().stream().map(Warning::text))
        .containsExactly(
            "in mode avgt in base, not in new: org.sample.Codec.a",
            "in mode thrpt in new, not in base: org.sample.Codec.a");
    assertThat(compare(side("base", times(1)), side("new", time("b", 1))).unjudged())
        .extracting(one -> one.reason() + ": " + one.id().label())
        .containsExactly(
            "in base, not in new: org.sample.Codec.a", "in new, not in base: org.sample.Codec.b");
  }

  @Test
  void differencesOfTheEnvironmentAreNamed() {
    Environment other =
        new Environment(
            "1.37",
            "/other/bin/java",
            "21",
            "VM",
            "21+1",
            List.of("-XX:+UseSerialGC"),
            2,
            "5 x 1 s, batch 1",
            "5 x 1 s, batch 1");
    JmhMetric time = metric("time", "ns/op", 1, 2, 3, 4);
    Comparison comparison =
        compare(
            side("base", result("a", Map.of(), Mode.AVERAGE_TIME, ENVIRONMENT, time)),
            side("new", result("a", Map.of(), Mode.AVERAGE_TIME, other, time)));
    assertThat(comparison.rows().get(0).marks()).contains(Kind.ENVIRONMENT);
    assertThat(
            comparison.warnings().stream()
                .filter(w -> w.kind() == Kind.ENVIRONMENT)
                .map(w -> w.text().replaceFirst(": org.*", "")))
        .containsExactly(
            "different JDK: 25.0.1 and 21",
            "different VM: VM 25.0.1+8 and VM 21+1",
            "different path of java, perhaps another machine: /jdk/bin/java and /other/bin/java",
            "different garbage collector: the default and Serial",
            "different JVM flags: -Xmx1g and -XX:+UseSerialGC",
            "different number of threads: 1 and 2");
  }

  @Test
  void differencesWithinASideAndOfThePlanAreNamedToo() {
    JmhMetric time = metric("time", "ns/op", 1, 2, 3, 4);
    JmhMetric others = metric("time", "ns/op", 5, 6, 7, 8);
    Environment plan = planned("9 x 1 s, batch 1", "5 x 2 s, batch 1");
    assertThat(
            compare(
                    side("base", result("a", Map.of(), Mode.AVERAGE_TIME, ENVIRONMENT, time)),
                    side("new", result("a", Map.of(), Mode.AVERAGE_TIME, plan, others)))
                .warnings())
        .extracting(Warning::what)
        .contains(
            "different warm-up: 5 x 1 s, batch 1 and 9 x 1 s, batch 1",
            "different measurement: 5 x 1 s, batch 1 and 5 x 2 s, batch 1");
    Environment flags = environment("-Xint");
    JmhResult[] mixed = {
      result("a", Map.of(), Mode.AVERAGE_TIME, ENVIRONMENT, time),
      result("a", Map.of(), Mode.AVERAGE_TIME, flags, others)
    };
    assertThat(compare(side("base", mixed), side("new", mixed)).warnings())
        .extracting(Warning::what)
        .contains("different JVM flags: -Xint or -Xmx1g and -Xint or -Xmx1g");
  }

  @Test
  void settingsDecideWhatIsEnough() {
    double[] base = {100, 101, 102};
    double[] contender = {103, 104, 105};
    Row row = only(times(base), times(contender), new Settings(0.1, 0.9, 0.01, 4));
    // By hand: 2 of C(6, 3) = 20 choices, and 1 of 2^3 on each side.
    assertThat(row.shown()).isTrue();
    assertThat(row.ratio()).isEqualTo(Ratio.hodgesLehmann(base, contender, 0.9));
    assertThat(row.ratio().orElseThrow().lower()).isGreaterThan(1);
    JmhResult two = result("a", Mode.AVERAGE_TIME, forks(base, contender));
    JmhResult twice = result("a", Mode.AVERAGE_TIME, forks(base, base));
    JmhResult three = result("a", Mode.AVERAGE_TIME, forks(base, contender, base));
    assertThat(only(two, three, new Settings(0.2, 0.95, 0.01, 4)).method()).isEqualTo(Method.FORKS);
    assertThat(only(two, three, new Settings(0.19, 0.95, 0.01, 4)).method())
        .isEqualTo(Method.SPREAD);
    assertThat(only(two, twice, Settings.defaults()).method()).isEqualTo(Method.SPREAD);
  }

  @Test
  void theConfidenceDecidesHowWideTheIntervalOfTheRatioIs() {
    double[] base = spread(100, 0.01, 10);
    double[] contender = spread(103, 0.01, 10);
    Row half = only(times(base), times(contender), new Settings(0.05, 0.5, 0.01, 4));
    assertThat(half.ratio()).isEqualTo(Ratio.hodgesLehmann(base, contender, 0.5));
    assertThat(half.ratio()).isNotEqualTo(Ratio.hodgesLehmann(base, contender, 0.95));
  }

  /** By hand: 8/252 each, and twice that with a second contender. */
  @Test
  void theCorrectionSpansAllContenders() {
    Side base = side("base", times(100, 101, 102, 103, 104));
    Side contender = side("new", times(103.5, 103.6, 200, 201, 202));
    Side other = side("newer", times(103.5, 103.6, 300, 301, 302));
    assertThat(compare(base, contender).rows().get(0).shown()).isTrue();
    assertThat(
            Comparison.of(
                    base, List.of(contender, other), Selection.everything(), Settings.defaults())
                .rows())
        .noneMatch(Row::shown)
        .allMatch(row -> Math.abs(row.adjustedP().orElseThrow() - 16.0 / 252) < 1e-12);
  }

  @Test
  void theSideWithFewerForksSaysHowMuchBytesAreWorth() {
    assertThat(only(alloc("B/op", 24), alloc("B/op", 48, 48, 48, 48, 48, 48)).marks())
        .containsExactly(Kind.FEW_SAMPLES);
    assertThat(only(alloc("B/op", 24, 24, 24, 24), alloc("B/op", 48, 48, 48, 48)).marks())
        .isEmpty();
  }

  /** 100 of 10,000 bytes count as none, whatever share of 20,000 they are. */
  @Test
  void theSmallerSideSaysHowMuchBytesMayVary() {
    Row row = only(alloc("B/op", 10_000, 10_000), alloc("B/op", 20_000, 20_150));
    assertThat(row.marks()).contains(Kind.VARIES);
    assertThat(only(alloc("B/op", 20_000, 20_150), alloc("B/op", 20_000, 20_000)).marks())
        .doesNotContain(Kind.VARIES);
  }

  @Test
  void theIterationsOfALoneForkTellHowBytesVary() {
    JmhMetric steady = new JmhMetric("gc.alloc.rate.norm", "B/op", 24, List.of(spread(24, 0, 4)));
    JmhMetric varying =
        new JmhMetric("gc.alloc.rate.norm", "B/op", 24, List.of(new double[] {24, 48, 24, 48}));
    Row row = only(result("a", Mode.AVERAGE_TIME, steady), result("a", Mode.AVERAGE_TIME, varying));
    assertThat(row.marks()).contains(Kind.VARIES);
  }

  /** Iterations hardly vary where forks do. */
  @Test
  void nothingIsTheSameBecauseOfIterations() {
    JmhResult one = result("a", Mode.AVERAGE_TIME, forks(spread(100, 1e-5, 10)));
    JmhResult other = result("a", Mode.AVERAGE_TIME, forks(spread(100, 1e-5, 10)));
    Row row = only(one, other);
    assertThat(row.method()).isEqualTo(Method.SPREAD);
    assertThat(row.ratio().orElseThrow().isWithin(0.01)).isFalse();
    assertThat(row.verdict()).isEqualTo(Verdict.NOT_SHOWN);
  }

  @Test
  void whatIsOnlyInAContenderIsUnjudgedThere() {
    Comparison comparison = compare(side("base", times(1)), side("new", times(1), time("b", 1)));
    assertThat(comparison.unjudged()).hasSize(1);
    assertThat(comparison.unjudged().get(0).contender()).isEqualTo("new");
    assertThat(comparison.unjudged().get(0).reason()).isEqualTo("in new, not in base");
  }

  /** Exact rows are as sure as can be where they changed, and tell nothing where not. */
  @Test
  void theOrderOfPHasTheSurestFirst() {
    JmhResult[] base = new JmhResult[3];
    JmhResult[] contender = new JmhResult[3];
    double[] changes = {1.0001, 2, 1.0002};
    int[] forks = {10, 10, 6};
    Arrays.setAll(base, i -> time("" + i, spread(100, 1e-4, forks[i])));
    Arrays.setAll(contender, i -> time("" + i, spread(100 * changes[i], 1e-4, forks[i])));
    Selection byP =
        new Selection(Pattern.compile(""), Pattern.compile(""), Map.of(), "", Selection.Order.P);
    List<Double> p =
        Comparison.of(side("base", base), List.of(side("new", contender)), byP, Settings.defaults())
            .rows()
            .stream()
            .map(row -> row.adjustedP().orElseThrow())
            .toList();
    assertThat(p).hasSize(3).isSorted().doesNotHaveDuplicates();
    JmhResult[] before = {bytes("same", 24), bytes("changed", 24)};
    JmhResult[] after = {bytes("same", 24), bytes("changed", 96)};
    assertThat(
            Comparison.of(
                    side("base", before), List.of(side("new", after)), byP, Settings.defaults())
                .rows())
        .extracting(Row::shown)
        .containsExactly(true, false);
  }

  private static JmhResult bytes(String name, double value) {
    return result(
        name, Mode.AVERAGE_TIME, metric("gc.alloc.rate.norm", "B/op", value, value, value));
  }

  @Test
  void aComparisonNeedsAContender() {
    Side base = side("base", times(1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Comparison.of(base, List.of(), Selection.everything(), Settings.defaults()));
  }

  @Test
  void hugeErrorsAndTwoClustersAreMarked() {
    Row wide = only(times(spread(100, 0.2, 6)), times(spread(100, 0.2, 6)));
    assertThat(wide.marks()).contains(Kind.HUGE_ERROR).doesNotContain(Kind.BIMODAL);
    double[] clusters = {100, 131, 100.1, 130, 100.2, 130.5, 100.3, 130.2};
    Row two = only(times(clusters), times(spread(100, 0.001, 8)));
    assertThat(two.marks()).contains(Kind.BIMODAL);
    Row swapped = only(times(spread(100, 0.001, 8)), times(clusters));
    assertThat(swapped.marks()).contains(Kind.BIMODAL);
  }

  @Test
  void aSelectionLeavesRowsOutAndOrdersTheOthers() {
    JmhMetric time = metric("time", "ns/op", 1, 2, 3, 4);
    JmhMetric bytes = metric("gc.alloc.rate.norm", "B/op", 8, 8, 8, 8);
    JmhResult[] results = {
      sized("b", "100", time, bytes), sized("b", "20", time, bytes), sized("a", "20", time)
    };
    Selection selection =
        new Selection(
            Pattern.compile("Codec"),
            Pattern.compile("^time$"),
            Map.of(),
            "size",
            Selection.Order.NAME);
    Comparison comparison =
        Comparison.of(
            side("base", results), List.of(side("new", results)), selection, Settings.defaults());
    assertThat(comparison.rows().stream().map(row -> row.id().label()))
        .containsExactly(
            "org.sample.Codec.b size=100",
            "org.sample.Codec.a size=20",
            "org.sample.Codec.b size=20");
    assertThat(comparison.tables()).hasSize(2);
    assertThat(comparison.geomeans()).hasSize(1);
  }

  @Test
  void theOrderOfChangeHasWhatIsGoneFirstAndWhatIsNewLast() {
    List<String> names = List.of("up", "gone", "down", "new");
    double[] before = {64, 64, 64, 0};
    double[] after = {80, 0, 32, 64};
    JmhResult[] base = new JmhResult[4];
    JmhResult[] contender = new JmhResult[4];
    Arrays.setAll(base, i -> time(names.get(i), before[i]));
    Arrays.setAll(contender, i -> time(names.get(i), after[i]));
    Selection byChange =
        new Selection(
            Pattern.compile(""), Pattern.compile(""), Map.of(), "", Selection.Order.CHANGE);
    assertThat(
            Comparison.of(
                    side("base", base),
                    List.of(side("new", contender)),
                    byChange,
                    Settings.defaults())
                .rows()
                .stream()
                .map(row -> row.id().benchmark()))
        .extracting(name -> name.substring(name.lastIndexOf('.') + 1))
        .containsExactly("gone", "down", "up", "new");
  }

  @Test
  void aParameterMayHaveAnyOfItsValues() {
    JmhMetric time = metric("time", "ns/op", 1);
    Side side = side("base", sized("a", "1", time), sized("a", "2", time), sized("a", "3", time));
    Selection two = selecting("", "", Map.of("size", Set.of("1", "3")), "");
    assertThat(
            Comparison.of(side, List.of(new Side("new", side.results())), two, Settings.defaults())
                .rows())
        .extracting(row -> row.id().params().get("size"))
        .containsExactly("1", "3");
  }

  @Test
  void whatOneContenderLacksIsNotSaidOfAnother() {
    JmhResult both = time("a", 1);
    Comparison comparison =
        Comparison.of(
            side("base", both, time("b", 2)),
            List.of(side("new", both, time("b", 3)), side("newer", both)),
            Selection.everything(),
            Settings.defaults());
    assertThat(comparison.unjudged())
        .extracting(one -> one.reason() + ": " + one.id().label())
        .containsExactly("in base, not in newer: org.sample.Codec.b");
  }

  @Test
  void aSelectionThatFitsNothingSaysWhichPartDoes() {
    List<Side> sides = List.of(side("base", sized("a", "20", metric("time", "ns/op", 1))));
    assertThat(Selection.everything().complaint(sides)).isEmpty();
    assertThat(selecting("Codec", "time", Map.of("size", Set.of("20")), "size").complaint(sides))
        .isEmpty();
    assertThat(selecting("Other", "", Map.of(), "").complaint(sides))
        .isEqualTo("filter Other: no benchmark has this in its name");
    assertThat(selecting("", "throughput", Map.of(), "").complaint(sides))
        .isEqualTo("metric throughput: no metric has this in its name; available: time");
    assertThat(selecting("", "", Map.of("size", Set.of("20", "30")), "").complaint(sides))
        .isEqualTo("param size=30: no benchmark has this parameter value");
    assertThat(selecting("", "", Map.of(), "kind").complaint(sides))
        .isEqualTo("group kind: no benchmark has this parameter");
  }

  private static Selection selecting(
      String benchmark, String metric, Map<String, Set<String>> params, String group) {
    return new Selection(
        Pattern.compile(benchmark), Pattern.compile(metric), params, group, Selection.Order.FILE);
  }

  /** By hand: the geometric mean of the ratios 2 and 0.5 is 1. */
  @Test
  void theGeomeanIsOfAllRowsOfATable() {
    Comparison comparison =
        compare(
            side("base", times(100, 100, 100, 100), time("b", 400, 400, 400, 400)),
            side("new", times(200, 200, 200, 200), time("b", 200, 200, 200, 200)));
    Geomean mean = comparison.geomeans().get(0);
    assertThat(mean.ratio()).isCloseTo(1, within(1e-12));
    assertThat(mean.rows()).isEqualTo(2);
  }

  /** Times that come in steps: the median stays, and more than a third of the forks are slow. */
  @Test
  void aShiftIsShownThoughMediansAndRatioStay() {
    double[] base = new double[20];
    Arrays.fill(base, 100);
    double[] contender = base.clone();
    Arrays.fill(contender, 0, 8, 200);
    Row row = only(times(base), times(contender));
    assertThat(row.ratio().orElseThrow().value()).isEqualTo(1);
    assertThat(row.shown()).isTrue();
    assertThat(row.verdict()).isEqualTo(Verdict.SLOWER);
    assertThat(only(times(contender), times(base)).verdict()).isEqualTo(Verdict.FASTER);
    Row counts = only(alloc("counts", new double[20]), alloc("counts", minus(contender, 100)));
    assertThat(counts.ratio()).isEmpty();
    assertThat(counts.verdict()).isEqualTo(Verdict.MORE);
  }

  @Test
  void sameIsNotSaidOfExactValuesThatVaryByMoreThanThat() {
    Row leaks = only(alloc("leaks", 0, 0, 0, 5), alloc("leaks", 5, 5, 5, 5));
    assertThat(leaks.verdict()).isEqualTo(Verdict.NOT_SHOWN);
    assertThat(leaks.marks()).contains(Kind.VARIES);
    Row bytes = only(alloc("B/op", 22, 24, 26), alloc("B/op", 22, 24, 26));
    assertThat(bytes.method()).isEqualTo(Method.EXACT);
    assertThat(bytes.verdict()).isEqualTo(Verdict.BELOW_FLOOR);
  }

  @Test
  void aForkFarFromTheOthersIsMarked() {
    double[] odd = spread(100, 0.001, 10);
    odd[4] = 1000;
    Comparison comparison =
        compare(side("base", times(spread(100, 0.002, 10))), side("new", times(odd)));
    assertThat(comparison.rows().get(0).marks()).containsExactly(Kind.BIMODAL);
    assertThat(comparison.warnings())
        .extracting(Warning::text)
        .containsExactly("one or two forks lie far from the others: org.sample.Codec.a time");
  }

  /** Twice the forks would be half the p, out of nothing. */
  @Test
  void aFileThatIsThereTwiceIsTold() {
    JmhResult once = times(101, 102, 103, 104);
    JmhResult other = times(111, 112, 113, 114);
    assertThat(texts(compare(side("base", once, once), side("new", other))))
        .contains("base has the same scores twice; was a file given twice?: org.sample.Codec.a");
    assertThat(texts(compare(side("base", other), side("new", once, times(5, 6, 7), once))))
        .contains("new has the same scores twice; was a file given twice?: org.sample.Codec.a");
    Comparison itself = compare(side("base", once), side("new", once));
    assertThat(texts(itself))
        .contains(
            "both sides have the same scores; was a file given for both?: org.sample.Codec.a");
    assertThat(itself.rows().get(0).marks()).contains(Kind.REPEATED);
    JmhResult coarse = times(1, 2, 2, 1, 1, 2);
    assertThat(compare(side("base", coarse, coarse), side("new", coarse)).warnings())
        .noneMatch(w -> w.kind() == Kind.REPEATED);
  }

  private static List<String> texts(Comparison comparison) {
    return comparison.warnings().stream().map(Warning::text).toList();
  }

  private static double[] minus(double[] values, double less) {
    return Arrays.stream(values).map(value -> value - less).toArray();
  }

  @Test
  void scoresOfZeroHaveNoRatio() {
    Row row = only(times(0, 0, 0, 0), times(1, 2, 3, 4));
    assertThat(row.ratio()).isEmpty();
    assertThat(row.shown()).isTrue();
    assertThat(row.verdict()).isEqualTo(Verdict.SLOWER);
  }

  private static JmhResult sized(String name, String size, JmhMetric... metrics) {
    return result(name, Map.of("size", size), Mode.AVERAGE_TIME, ENVIRONMENT, metrics);
  }

  private static JmhResult threads(int threads, double time) {
    Environment environment =
        new Environment("1.37", "java", "25", "VM", "25", List.of(), threads, "5 x 1 s", "5 x 1 s");
    return result(
        "a", Map.of(), Mode.AVERAGE_TIME, environment, metric("time", "ns/op", time, time));
  }

  private static JmhResult times(double... forks) {
    return time("a", forks);
  }

  private static JmhResult alloc(String unit, double... forks) {
    return result("a", Mode.AVERAGE_TIME, metric("gc.alloc.rate.norm", unit, forks));
  }

  private static JmhMetric forks(double[]... forks) {
    return new JmhMetric("time", "ns/op", 1, List.of(forks));
  }

  private static Row only(JmhResult base, JmhResult contender, Settings settings) {
    return Comparison.of(
            side("base", base), List.of(side("new", contender)), Selection.everything(), settings)
        .rows()
        .get(0);
  }

  private static Row only(JmhResult base, JmhResult contender) {
    List<Row> rows = compare(side("base", base), side("new", contender)).rows();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }
}

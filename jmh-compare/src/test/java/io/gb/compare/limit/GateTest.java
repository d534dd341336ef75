package io.gb.compare.limit;

import static io.gb.compare.Sides.compare;
import static io.gb.compare.Sides.metric;
import static io.gb.compare.Sides.oneFork;
import static io.gb.compare.Sides.result;
import static io.gb.compare.Sides.side;
import static io.gb.compare.Sides.spread;
import static io.gb.compare.Sides.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.Selection;
import io.gb.compare.Settings;
import io.gb.compare.Verdict;
import io.gb.compare.Warning;
import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.jmh.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time<=+5%|100|104|true",
        "time<=+5%|100|104.9|true",
        "time<=+0%,5ns|100|104.9|true",
        "time<=+0%,0.005us|100|105.1|false",
        "time<=+0%,1us|100|120|true",
        "time<=+5%|100|106|false",
        "time<=5%|100|106|false",
        "time<=+5%|100|80|true",
        "time>=-5%|100|80|false",
        "time<=+0%|100|103|false",
        "time<=+5%,10ns|100|108|true",
        "time<=+5%, 10 ns/op|100|112|false",
        "time<=+5% for Codec|100|106|false"
      })
  void timeIsHeldAgainstItsLimit(String gate, double base, double contender, boolean passes) {
    assertThat(
            passes(gate, time("a", spread(base, 1e-4, 6)), time("a", spread(contender, 1e-4, 6))))
        .isEqualTo(passes);
  }

  /** 100 to 95 operations are 5.3 % more time, 100 to 96 are 4.2 %. */
  @ParameterizedTest
  @CsvSource({"96, true", "95, false", "120, true"})
  void throughputIsHeldAgainstALimitOfTime(double contender, boolean passes) {
    assertThat(throughputPasses("time<=+5%", contender)).isEqualTo(passes);
    assertThat(throughputPasses("throughput>=-4.5%", contender)).isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource({"98, true", "90, false"})
  void aFloorOfTimeFitsThroughput(double contender, boolean passes) {
    // 100 operations a second are 10 ms each, 98 are 10.2 ms and 90 are 11.1 ms.
    assertThat(throughputPasses("time<=+1%,1ms", contender)).isEqualTo(passes);
  }

  private static boolean throughputPasses(String gate, double contender) {
    return passes(gate, throughput(spread(100, 1e-4, 6)), throughput(spread(contender, 1e-4, 6)));
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "1064, true", "1072, false", "500, true"})
  void bytesMayGrowByTheFloor(double contender, boolean passes) {
    assertThat(passes("gc.alloc.rate.norm<=+0%,64B", bytes(1000), bytes(contender)))
        .isEqualTo(passes);
  }

  @Test
  void throughputThatFallsToNothingIsSeen() {
    assertThat(passes("time<=+5%", throughput(spread(100, 1e-4, 6)), throughput(new double[6])))
        .isFalse();
  }

  @Test
  void anIncreaseFromNothingIsSeen() {
    assertThat(passes("gc.alloc.rate.norm<=+50%", bytes(0), bytes(24))).isFalse();
  }

  /** No operation at all is time without an end, and any time is less. */
  @Test
  void throughputThatBeginsIsADecreaseOfTime() {
    JmhResult none = throughput(new double[10]);
    JmhResult some = throughput(spread(5, 1e-4, 10));
    assertThat(passes("time>=-5%", none, some)).isFalse();
    assertThat(passes("time<=+5%", none, some)).isTrue();
    assertThat(passes("time<=+5%", some, none)).isFalse();
    assertThat(passes("time<=+5%", none, none)).isTrue();
  }

  @Test
  void aDecreaseOfTimeIsAnIncreaseOfThroughput() {
    JmhResult base = throughput(spread(100, 1e-4, 6));
    assertThat(passes("time>=-5%", base, throughput(spread(104, 1e-4, 6)))).isTrue();
    assertThat(passes("time>=-5%", base, throughput(spread(107, 1e-4, 6)))).isFalse();
    assertThat(passes("time>=-5%", base, throughput(spread(50, 1e-4, 6)))).isTrue();
  }

  /** By hand: the medians are 21 % apart, the middle of all 81 ratios is 1.01. */
  @Test
  void whereThereIsNoiseTheIntervalOfTheRatioCountsAndNotTheMedians() {
    JmhResult base = time("a", 100, 100, 100, 100, 100, 120, 120, 120, 120);
    JmhResult contender = time("a", 101, 101, 101, 101, 121, 121, 121, 121, 121);
    GateResult result = only("time<=+5%", base, contender);
    assertThat(result.row().orElseThrow().shown()).isTrue();
    assertThat(result.row().orElseThrow().contender().median()).isEqualTo(121);
    assertThat(result.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(only("time<=+25%", base, contender).outcome()).isEqualTo(Outcome.HELD);
    assertThat(only("time<=+0.5%", base, contender).outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  void rowsWithAnAssumedSpreadDoNotWeighOnGates() {
    JmhResult few = oneFork("few", 1, 1, 1, 1, 1, 1);
    JmhResult other = oneFork("few", 1e6, 1e6, 1e6, 1e6, 1e6, 1e6);
    Comparison comparison =
        compare(
            side("base", time("a", spread(100, 1e-4, 4)), few),
            side("new", time("a", spread(200, 1e-4, 4)), other));
    assertThat(comparison.rows().get(1).shown()).isTrue();
    assertThat(GateResult.of(List.of(Gate.parse("time<=+5%")), comparison))
        .extracting(GateResult::outcome)
        .containsExactly(Outcome.MISSED, Outcome.UNDECIDED);
  }

  /** By hand: 8/252 is not doubled once the other, 2/184756, has been shown. */
  @Test
  void whatIsShownBesideOthersIsJudgedThoughItWouldNotBeAlone() {
    Comparison comparison =
        compare(
            side("base", time("a", 100, 101, 102, 103, 104), time("b", spread(100, 1e-4, 10))),
            side("new", time("a", 103.5, 103.6, 200, 201, 202), time("b", spread(200, 1e-4, 10))));
    assertThat(comparison.rows()).allMatch(row -> row.method() == Row.Method.FORKS);
    assertThat(GateResult.of(List.of(Gate.parse("time<=+0%")), comparison))
        .extracting(GateResult::outcome)
        .containsExactly(Outcome.MISSED, Outcome.MISSED);
  }

  @Test
  void aChangeThatIsNotShownIsUndecidedHoweverLarge() {
    JmhResult base = time("a", 100, 150, 90, 95);
    JmhResult contender = time("a", 130, 190, 91, 180);
    assertThat(only("time<=+5%", base, contender).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(only("time<=+5%!", base, contender).outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  void aLimitWithinTheIntervalIsUndecidedOnBothSidesOfTheEstimate() {
    JmhResult base = time("a", spread(100, 0.01, 8));
    JmhResult contender = time("a", spread(105, 0.01, 8));
    assertThat(only("time<=+4%", base, contender).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(only("time<=+6%", base, contender).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(only("time<=+15%!", base, contender).outcome()).isEqualTo(Outcome.HELD);
    assertThat(only("time<=+0%!", base, contender).outcome()).isEqualTo(Outcome.MISSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"my own metric\"<=+5%",
        "\"my own metric\" <= +5%, 3!",
        "\"my own metric\"<=+5% for a"
      })
  void aMetricWithBlanksStandsInQuotes(String gate) {
    JmhResult base = result("a", Mode.AVERAGE_TIME, metric("my own metric", "#", 1, 2, 3, 4));
    assertThat(only(gate, base, base).metric()).isEqualTo("my own metric");
    JmhResult quotes = result("a", Mode.AVERAGE_TIME, metric("a \"b\" \\c", "#", 1, 2, 3, 4));
    assertThat(only("\"a \\\"b\\\" \\\\c\"<=+5%", quotes, quotes).metric())
        .isEqualTo("a \"b\" \\c");
    Comparison comparison = compare(side("base", quotes), side("new", quotes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GateResult.of(List.of(Gate.parse("none<=+5%")), comparison))
        .withMessageEndingWith("available: \"a \\\"b\\\" \\\\c\"");
  }

  /** 90 bytes of 10,000 are within the share that counts as the same, and beyond the floor. */
  @Test
  void theGateDecidesHowManyBytesCountAndNotTheVerdict() {
    assertThat(passes("gc.alloc.rate.norm<=+0%,64B", bytes(10_000), bytes(10_090))).isFalse();
    assertThat(passes("gc.alloc.rate.norm<=+1%", bytes(10_000), bytes(10_090))).isTrue();
    assertThat(passes("gc.alloc.rate.norm<=+0%,1B", bytes(24), bytes(26))).isFalse();
  }

  /** The settings' floor of 4 bytes, as in the verdict. */
  @Test
  void withoutAFloorBytesThatCountAsNoneDoSoForAGateToo() {
    assertThat(passes("gc.alloc.rate.norm<=+0%", bytes(24), bytes(26))).isTrue();
    assertThat(passes("gc.alloc.rate.norm<=+0%", bytes(24), bytes(32))).isFalse();
    assertThat(passes("gc.alloc.rate.norm<=+0%,0B", bytes(24), bytes(26))).isFalse();
  }

  @Test
  void theFloorOfTheSettingsIsThatOfAGate() {
    Comparison comparison =
        Comparison.of(
            side("base", bytes(24)),
            List.of(side("new", bytes(32))),
            Selection.everything(),
            new Settings(0.05, 0.95, 0.01, 10));
    List<Gate> gate = List.of(Gate.parse("gc.alloc.rate.norm<=+0%"));
    assertThat(GateResult.of(gate, comparison).get(0).outcome()).isEqualTo(Outcome.HELD);
  }

  /** What allocates nothing has some 0.0001 B/op of the JVM's own, more or less at random. */
  @Test
  void bytesThatVaryByWhatCountsAsNoneNeedATest() {
    String strict = "gc.alloc.rate.norm<=+0%,0B";
    assertThat(only(strict, withBytes(1.189e-4), withBytes(1.225e-4)).reason())
        .isEqualTo("only 1 fork; at least 4 are needed");
    assertThat(only(strict, withBytes(1e-4, 1.1e-4), withBytes(1.3e-4, 1.2e-4)).outcome())
        .isEqualTo(Outcome.UNDECIDED);
    assertThat(only(strict, bytes(24), withBytes(26)).outcome()).isEqualTo(Outcome.UNDECIDED);
    double[] few = {1, 2, 3, 4};
    assertThat(only(strict, withBytes(few), withBytes(1.5, 2.5, 3.5, 4.5)).outcome())
        .isEqualTo(Outcome.UNDECIDED);
    assertThat(only(strict, withBytes(few), withBytes(5, 6, 7, 8)).outcome())
        .isEqualTo(Outcome.MISSED);
    assertThat(only(strict, withBytes(24), withBytes(96)).outcome()).isEqualTo(Outcome.MISSED);
  }

  @Test
  void bytesThatVaryByLessThanCountsAreTestedForAGate() {
    JmhResult base = withBytes(10_000, 10_000, 10_080, 10_000, 10_000, 10_000);
    JmhResult contender = withBytes(10_080, 10_080, 10_080, 10_080, 10_000, 10_080);
    assertThat(only("gc.alloc.rate.norm<=+0%,64B", base, contender).outcome())
        .isEqualTo(Outcome.UNDECIDED);
    JmhResult all = withBytes(10_080, 10_080, 10_080, 10_080, 10_080, 10_080);
    assertThat(passes("gc.alloc.rate.norm<=+0%,64B", base, all)).isFalse();
    assertThat(passes("gc.alloc.rate.norm<=+0%,96B", base, all)).isTrue();
  }

  /** Were it held, it would be for want of forks. */
  @Test
  void bytesThatVaryAsMuchAsTheyDifferInTooFewForksAreUndecided() {
    JmhResult base = withBytes(10_000, 10_095);
    JmhResult more = withBytes(10_090, 10_000 + 185);
    GateResult result = only("gc.alloc.rate.norm<=+0%,64B", base, more);
    assertThat(result.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(result.reason()).isEqualTo("only 2 forks; at least 4 are needed");
    assertThat(only("gc.alloc.rate.norm<=+0%,96B", base, more).outcome()).isEqualTo(Outcome.HELD);
  }

  @Test
  void leaksInMostForksMissAGate() {
    assertThat(
            passes(
                "leaks.threads.proven<=+0%", threads(0, 0, 0, 0, 0, 0), threads(0, 3, 3, 3, 3, 3)))
        .isFalse();
  }

  @Test
  void anAssumedSpreadIsNeverEnoughForAGate() {
    JmhMetric base = new JmhMetric("time", "ns/op", 1, List.of(spread(100, 1e-4, 20)));
    JmhMetric contender = new JmhMetric("time", "ns/op", 1, List.of(spread(200, 1e-4, 20)));
    GateResult result =
        only(
            "time<=+5%",
            result("a", Mode.AVERAGE_TIME, base), result("a", Mode.AVERAGE_TIME, contender));
    assertThat(result.row().orElseThrow().shown()).isTrue();
    assertThat(result.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(result.reason())
        .isEqualTo(
            "only 1 fork; at least 3, earlier results or, with several iterations, a stated spread"
                + " of forks are needed");
  }

  @Test
  void rowsThatCouldNotShowAnythingAreUndecided() {
    Comparison comparison =
        compare(
            side("base", time("a", 0, 101, 102, 103), time("b", 1, 2, 3, 4)),
            side("new", time("a", 500, 501, 502, 503), time("b", 1, 2, 3, 4)));
    List<GateResult> results = GateResult.of(List.of(Gate.parse("time<=+5%")), comparison);
    assertThat(results.stream().map(GateResult::outcome))
        .containsExactly(Outcome.UNDECIDED, Outcome.UNDECIDED);
    assertThat(results.get(0).reason()).isEqualTo("only 4 forks; at least 5 are needed");
  }

  /** The medians are 0 and 0: the test alone tells. */
  @Test
  void zerosThatBecomeMoreInSomeForksAreNotHeld() {
    JmhResult zeros = collecting(new double[12]);
    JmhResult more = collecting(0, 0, 0, 0, 0, 0, 0, 40, 41, 42, 43, 44);
    GateResult there = only("gc.time<=+0%", zeros, more);
    assertThat(there.row().orElseThrow().verdict()).isEqualTo(Verdict.MORE);
    assertThat(there.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(only("gc.time<=+0%", more, zeros).outcome()).isEqualTo(Outcome.HELD);
    assertThat(only("gc.time>=-0%", more, zeros).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(only("gc.time>=-0%", zeros, more).outcome()).isEqualTo(Outcome.HELD);
  }

  private static JmhResult collecting(double... millis) {
    return result("a", Mode.AVERAGE_TIME, metric("gc.time", "ms", millis));
  }

  /** Student's t of two and two forks is right only if forks are log-normal. */
  @Test
  void aSpreadSeenInTwoForksJudgesNoGate() {
    for (double factor : new double[] {1, 2}) {
      GateResult two =
          only("time<=+5%", time("a", 100, 100.01), time("a", 100 * factor, 100.01 * factor));
      assertThat(two.row().orElseThrow().shown()).isEqualTo(factor > 1);
      assertThat(two.outcome()).isEqualTo(Outcome.UNDECIDED);
      assertThat(two.reason()).startsWith("only 2 forks; at least 3, earlier results or");
      GateResult three =
          only(
              "time<=+5%",
              time("a", 100, 100.01, 100.02),
              time("a", 100 * factor, 100.01 * factor, 100.02 * factor));
      assertThat(three.outcome()).isEqualTo(factor > 1 ? Outcome.MISSED : Outcome.HELD);
    }
  }

  /** Else one iteration would be surer than five. */
  @Test
  void aStatedSpreadJudgesNoForkOfOneIteration() {
    Settings stated = new Settings(0.05, 0.95, 0.01, 4, OptionalDouble.of(0.03));
    for (double[] scores : new double[][] {{100}, {100, 100.1, 99.9}}) {
      double[] slower = Arrays.stream(scores).map(score -> 1.5 * score).toArray();
      Comparison comparison =
          Comparison.of(
              side("base", oneFork("a", scores)),
              List.of(side("new", oneFork("a", slower))),
              Selection.everything(),
              stated);
      boolean isSingle = scores.length == 1;
      assertThat(GateResult.of(List.of(Gate.parse("time<=+5%")), comparison))
          .extracting(GateResult::outcome)
          .containsExactly(isSingle ? Outcome.UNDECIDED : Outcome.MISSED);
      assertThat(comparison.warnings().stream().map(Warning::what))
          .filteredOn(what -> what.startsWith("a fork has one iteration"))
          .hasSize(isSingle ? 1 : 0);
    }
  }

  /** One millisecond more is nothing to 10 microseconds less: throughput may fall to nothing. */
  @Test
  void aFloorThatAllowsEveryChangeHolds() {
    JmhResult base = throughput(spread(100_000, 0.001, 6));
    JmhResult slower = throughput(spread(10_000, 0.001, 6));
    assertThat(only("time>=-5%,1ms", base, base).outcome()).isEqualTo(Outcome.HELD);
    assertThat(only("time>=-5%,1ms", slower, base).outcome()).isEqualTo(Outcome.HELD);
    assertThat(only("time>=-5%,1us", slower, base).outcome()).isEqualTo(Outcome.MISSED);
  }

  /** JMH writes no churn where there was no collection. */
  @Test
  void churnThatOneSideLacksIsZeroIfThereWasNoCollection() {
    String gate = "gc.churn.eden.norm<=+0%";
    JmhResult none = churning(0);
    JmhResult lots = churning(1, 300, 310, 320, 300, 310, 320, 305, 315);
    assertThat(only(gate, none, lots).outcome()).isEqualTo(Outcome.MISSED);
    assertThat(only(gate, lots, none).outcome()).isEqualTo(Outcome.HELD);
    for (GateResult result :
        List.of(only(gate, churning(1), lots), only(gate, lots, churning(1)))) {
      assertThat(result.row()).isEmpty();
      assertThat(result.outcome()).isEqualTo(Outcome.UNDECIDED);
    }
  }

  private static JmhResult churning(double collections, double... churn) {
    double[] counts = new double[8];
    Arrays.fill(counts, collections);
    JmhMetric count = metric("gc.count", "counts", counts);
    return churn.length == 0
        ? result("a", Mode.AVERAGE_TIME, count)
        : result("a", Mode.AVERAGE_TIME, count, metric("gc.churn.eden.norm", "B/op", churn));
  }

  @Test
  void aGateNeverMissesWhatTheReportDoesNotShow() {
    Comparison comparison =
        compare(
            side("base", time("a", 0, 101, 102, 103), time("b", 1, 2, 3, 4)),
            side("new", time("a", 500, 501, 502, 503), time("b", 1, 2, 3, 4)));
    assertThat(comparison.rows().get(0).shown()).isFalse();
    List<GateResult> results = GateResult.of(List.of(Gate.parse("time<=+5% for a$")), comparison);
    assertThat(results.stream().map(GateResult::outcome)).containsExactly(Outcome.UNDECIDED);
    assertThat(results.get(0).reason())
        .isEqualTo(
            "the gate alone shows a change beyond the limit, all compared rows together do not");
  }

  @Test
  void whatIsGoneMissesAndWhatIsNewHolds() {
    JmhResult without = time("a", spread(100, 1e-4, 6));
    assertThat(only("gc.alloc.rate.norm<=+0%", without, bytes(24)).outcome())
        .isEqualTo(Outcome.UNDECIDED);
    GateResult gone = only("gc.alloc.rate.norm<=+0%", bytes(24), without);
    assertThat(gone.outcome()).isEqualTo(Outcome.MISSED);
    assertThat(gone.reason()).isEqualTo("metric in base, not in new");
    assertThat(
            GateResult.of(
                List.of(Gate.parse("time<=+5%")),
                compare(side("base", without, time("b", 1)), side("new", without, time("c", 1)))))
        .extracting(GateResult::outcome)
        .containsExactly(Outcome.HELD, Outcome.MISSED, Outcome.HELD);
  }

  @Test
  void whatRanInAnotherModeIsUndecided() {
    JmhResult other = result("a", Mode.SAMPLE_TIME, metric("time", "ns/op", 1));
    assertThat(
            GateResult.of(
                List.of(Gate.parse("time<=+5%")),
                compare(side("b", time("a", 1)), side("n", other))))
        .extracting(GateResult::outcome)
        .containsExactly(Outcome.UNDECIDED, Outcome.UNDECIDED);
  }

  @Test
  void aGateForNoRowIsRefusedSinceItWouldNeverFail() {
    Comparison comparison = compare(side("base", bytes(1)), side("new", bytes(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GateResult.of(List.of(Gate.parse("leaks<=+0%")), comparison))
        .withMessage("leaks<=+0%: no benchmark has this metric; available: gc.alloc.rate.norm");
    String other = "gc.alloc.rate.norm<=+0% for Other";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GateResult.of(List.of(Gate.parse(other)), comparison))
        .withMessage(other + ": no benchmark with this metric has Other in its name");
  }

  @Test
  void aFloorInAnotherUnitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> passes("time<=+0%,64B", time("a", 1), time("a", 1)))
        .withMessage("time<=+0%,64B: the floor is in B, but org.sample.Codec.a is in ns/op");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> passes("time<=+0%,64", time("a", 1), time("a", 1)))
        .withMessage("time<=+0%,64: the floor has no unit, but org.sample.Codec.a is in ns/op");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "time",
        "time<5%",
        "time<=5",
        "<=5%",
        "time<=+5%,",
        "time<=-5%",
        "time>=+5%",
        "throughput>=-100%",
        "time<=+5% for (",
        "time<=+5%,-3B",
        "time==+5%",
        "time of a<=+5%",
        "time<=+5%; see docs",
        "time<=3ns",
        "time<=3 x a"
      })
  void whatIsNoGateIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Gate.parse(text));
  }

  @Test
  void aFileHasAGateInEachLine(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("gates"),
            "# what must hold\n\ntime<=+5%\n gc.alloc.rate.norm<=+0%,64B for Codec\n");
    assertThat(Gate.readFile(file).stream().map(Gate::text))
        .containsExactly("time<=+5%", "gc.alloc.rate.norm<=+0%,64B for Codec");
    Files.writeString(file, "# none\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gate.readFile(file))
        .withMessage(file + ": contains no gate");
    Files.writeString(file, "time<=+5%\ntime=3\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gate.readFile(file))
        .withMessageStartingWith(file + ":2: time=3: not a gate");
    Path none = folder.resolve("none");
    assertThatIOException()
        .isThrownBy(() -> Gate.readFile(none))
        .withMessage(none + ": no such file");
  }

  private static boolean passes(String gate, JmhResult base, JmhResult contender) {
    GateResult result = only(gate, base, contender);
    assertThat(result.outcome()).isNotEqualTo(Outcome.UNDECIDED);
    return result.outcome() == Outcome.HELD;
  }

  private static GateResult only(String gate, JmhResult base, JmhResult contender) {
    Comparison comparison = compare(side("base", base), side("new", contender));
    List<GateResult> results = GateResult.of(List.of(Gate.parse(gate)), comparison);
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private static JmhResult throughput(double... forks) {
    return result("a", Mode.THROUGHPUT, metric("throughput", "ops/s", forks));
  }

  private static JmhResult bytes(double value) {
    return withBytes(value, value, value);
  }

  private static JmhResult withBytes(double... forks) {
    return result("a", Mode.AVERAGE_TIME, metric("gc.alloc.rate.norm", "B/op", forks));
  }

  private static JmhResult threads(double... forks) {
    return result("a", Mode.SINGLE_SHOT, metric("leaks.threads.proven", "threads", forks));
  }
}

package io.gb.compare.limit;

import static io.gb.compare.Sides.ENVIRONMENT;
import static io.gb.compare.Sides.metric;
import static io.gb.compare.Sides.result;
import static io.gb.compare.Sides.spread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gb.compare.Sides;
import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.jmh.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

  @ParameterizedTest
  @CsvSource({
    "<= 64 B/op, true",
    "<= 60 B/op, true",
    "<= 59.9 B/op, false",
    "'<= 63.9 B/op, 0 B', false",
    "'<= 56 B/op, 8 B', true",
    "'<= 55 B/op, 8 B', false",
    "<= 64 bytes/op, true",
    "<= 64 B, true",
    ">= 64 B/op, true",
    ">= 68 B/op, true",
    ">= 69 B/op, false",
    "== 64 B/op, true",
    "== 67 B/op, true",
    "== 59 B/op, false",
    "== 69 B/op, false",
    "'== 63 B/op, 0 B', false",
    "'<= 64 B/op, 1 ns', false",
    "<= 64 ns/op, false",
    "<= 64, false",
  })
  void bytesAreHeldAgainstANumber(String limit, boolean isHeld) {
    JmhResult result = withBytes(64, 60, 70);
    assertThat(isHeld(one("gc.alloc.rate.norm of Codec.a " + limit, result))).isEqualTo(isHeld);
  }

  @ParameterizedTest
  @CsvSource({
    "<= 2 us, true",
    "<= 1.9 us/op, false",
    "<= 2000 ns/op, true",
    "<= 0.002 ms, true",
    "<= 2 B/op, false"
  })
  void timeConvertsItsUnits(String limit, boolean isHeld) {
    JmhResult result = time(1500, 2000, 2500);
    assertThat(isHeld(one("time of Codec.a " + limit, result))).isEqualTo(isHeld);
  }

  @Test
  void timeOfThroughputIsItsInverse() {
    JmhResult result = result("a", Mode.THROUGHPUT, metric("throughput", "ops/ms", 400, 500, 600));
    assertThat(isHeld(one("time of Codec.a <= 2 us", result))).isTrue();
    BudgetResult missed = one("time of Codec.a <= 1.9 us; see docs/time.md", result);
    assertThat(isHeld(missed)).isFalse();
    assertThat(missed.message())
        .isEqualTo(
            "org.sample.Codec.a, thrpt: time is 0.002000 ms/op (median of forks, n=3); MISSES time"
                + " of Codec.a <= 1.9 us; see docs/time.md");
  }

  @Test
  void whatWasNotMeasuredIsNeitherHeldNorMissed() {
    BudgetResult renamed = one("time of Codec.gone <= 3 ns/op", time(1));
    assertThat(renamed.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(one("leaks.threads.new of Codec.a == 0 threads", time(1)).outcome())
        .isEqualTo(Outcome.UNDECIDED);
    assertThat(one("time of Codec.a <= 3 B/op", time(1)).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(one("time of Codec.a <= 0.5 ns/op", time(1)).outcome()).isEqualTo(Outcome.MISSED);
  }

  /** What allocates nothing has some 0.0001 B/op of the JVM's own. */
  @Test
  void nextToNothingKeepsToABudgetOfNothing() {
    assertThat(isHeld(one("gc.alloc.rate.norm of Codec.a <= 0 B/op", withBytes(0.0006)))).isTrue();
    List<JmhResult> results =
        List.of(
            result("a", Mode.AVERAGE_TIME, metric("gc.alloc.rate.norm", "B/op", 0.0006)),
            result("b", Mode.AVERAGE_TIME, metric("gc.alloc.rate.norm", "B/op", 0.0001)));
    String limit = "gc.alloc.rate.norm of a <= 1 x b";
    assertThat(isHeld(Budget.parse(limit).judge(results).get(0))).isTrue();
    assertThat(isHeld(Budget.parse(limit + ", 0 B").judge(results).get(0))).isFalse();
  }

  @Test
  void aUnitThatDoesNotFitIsNamed() {
    assertThat(one("time of Codec.a <= 3 B/op", time(1)).message())
        .contains("time is in ns/op, but the limit is in B/op");
    assertThat(one("time of Codec.a <= 3", time(1)).message())
        .contains("time is in ns/op, but the limit has no unit");
  }

  @ParameterizedTest
  @CsvSource({
    "== 100, false",
    "<= 100, true",
    "<= 99, false",
    ">= 98, true",
    ">= 99, false",
    "<= 100 threads, true",
    "<= 100 B, false"
  })
  void countsAreJudgedByTheLeastFavourableFork(String limit, boolean isHeld) {
    JmhResult result =
        result("a", Mode.SINGLE_SHOT, metric("leaks.threads.proven", "threads", 100, 98, 100));
    assertThat(isHeld(one("leaks.threads.proven of Codec.a " + limit, result))).isEqualTo(isHeld);
  }

  @Test
  void exactlyIsExactlyInEveryFork() {
    JmhResult result =
        result("a", Mode.SINGLE_SHOT, metric("leaks.threads.proven", "threads", 100, 100));
    assertThat(isHeld(one("leaks.threads.proven of Codec.a == 100", result))).isTrue();
    assertThat(isHeld(one("leaks.threads.proven of Codec.a == 99", result))).isFalse();
  }

  @Test
  void aBudgetForNothingIsMissed() {
    for (String budget :
        List.of(
            "time of Codec.b <= 1 s",
            "time of odec.a <= 1 s",
            "time of Codec.a(size=3) <= 1 s",
            "p0.99 of Codec.a <= 1 s")) {
      BudgetResult result = one(budget + "; see there", time(1));
      assertThat(isHeld(result)).as(budget).isFalse();
      assertThat(result.message()).contains(budget).endsWith("; see there");
    }
  }

  @Test
  void eachMatchingResultHasAVerdictOfItsOwn() {
    List<BudgetResult> results =
        Budget.parse("time of a <= 15 ns")
            .judge(List.of(sized("a", 1, 10), sized("a", 2, 20), sized("b", 1, 99)));
    assertThat(results.stream().map(BudgetTest::isHeld)).containsExactly(true, false);
    assertThat(results.stream().map(BudgetResult::name))
        .containsExactly(
            "time of a <= 15 ns in org.sample.Codec.a size=1, avgt",
            "time of a <= 15 ns in org.sample.Codec.a size=2, avgt");
  }

  @Test
  void aRatioTakesTheResultWithTheSameOtherParameters() {
    List<JmhResult> results =
        List.of(sized("a", 1, 10), sized("a", 2, 90), sized("b", 1, 10), sized("b", 2, 30));
    assertThat(Budget.parse("time of a <= 2 x b").judge(results).stream().map(BudgetTest::isHeld))
        .containsExactly(true, false);
    assertThat(
            Budget.parse("time of a <= 3 x a(size=2)").judge(results).stream()
                .map(BudgetResult::message))
        .satisfiesExactly(
            first -> assertThat(first).contains("meets"),
            second ->
                assertThat(second)
                    .contains("would be compared with itself; could not be judged by"));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6})
  void aRatioOfTimesBelowTheFloorHoldsWithAndWithoutInterval(int forks) {
    List<JmhResult> results =
        List.of(
            Sides.time("x", spread(10, 0.001, forks)), Sides.time("y", spread(6, 0.001, forks)));
    assertThat(Budget.parse("time of x <= 1.1 x y, 1 ms").judge(results))
        .allMatch(BudgetTest::isHeld);
    assertThat(Budget.parse("time of x <= 1.1 x y, 1 ns").judge(results))
        .noneMatch(BudgetTest::isHeld);
  }

  @Test
  void whatCannotBeJudgedIsNotCalledAMiss() {
    BudgetResult result = one("time of x <= 64 B/op", Sides.time("x", 1));
    assertThat(result.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(result.message())
        .contains("could not be judged by time of x <= 64 B/op")
        .doesNotContain("MISSES");
  }

  @Test
  void aRatioWithoutACounterpartOrWithSeveralIsMissed() {
    JmhResult one = result("a", Mode.AVERAGE_TIME, metric("time", "ns/op", 1));
    assertThat(one("time of a <= 2 x b", one).message())
        .contains("has no other result to compare with");
    List<BudgetResult> several =
        Budget.parse("time of a <= 2 x b").judge(List.of(one, sized("b", 1, 1), sized("b", 2, 1)));
    assertThat(isHeld(several.get(0))).isFalse();
    assertThat(several.get(0).message())
        .contains("several results: org.sample.Codec.b size=1, avgt; org.sample.Codec.b size=2");
  }

  @ParameterizedTest
  @CsvSource({
    // The interval of the ratio runs from 1.8 to 2.2.
    "<= 2.3, true",
    "<= 1.9, true",
    "<= 1.7, false",
    ">= 1.7, true",
    ">= 2.1, true",
    ">= 2.3, false",
    "== 2, true",
    "== 3, false"
  })
  void aRatioOfNoisyMetricsIsMissedOnlyByItsWholeInterval(String limit, boolean isHeld) {
    BudgetResult result =
        Budget.parse("time of a " + limit + " x b")
            .judge(
                List.of(
                    result("a", Mode.AVERAGE_TIME, metric("time", "ns/op", spread(200, 0.02, 6))),
                    result("b", Mode.AVERAGE_TIME, metric("time", "us/op", spread(0.1, 0.02, 6)))))
            .get(0);
    assertThat(isHeld(result)).isEqualTo(isHeld);
    assertThat(result.message()).contains("(interval 1.", " to 2.", "n=6+6");
  }

  @Test
  void withoutAnIntervalTheValueDecidesAndTheMessageSaysSo() {
    List<JmhResult> results =
        List.of(
            result("a", Mode.AVERAGE_TIME, metric("time", "ns/op", 200, 205)),
            result("b", Mode.AVERAGE_TIME, metric("time", "ns/op", 100, 101)));
    BudgetResult result = Budget.parse("time of a <= 2 x b").judge(results).get(0);
    assertThat(isHeld(result)).isFalse();
    assertThat(result.message()).contains("is 2.015 times as much", "without interval");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 10, >= 40, true",
    "399, 10, >= 40, false",
    "400, 0, >= 40, true",
    "400, 0, <= 40, false",
    "0, 10, >= 40, false",
    "0, 0, >= 40, false",
    "0, 0, <= 40, false"
  })
  void ratiosWithZeroAreSaidAsTheyAre(double a, double b, String limit, boolean isHeld) {
    List<JmhResult> results =
        List.of(
            result("a", Mode.SINGLE_SHOT, metric("leaks.retained.bytes", "bytes", a, a)),
            result("b", Mode.SINGLE_SHOT, metric("leaks.retained.bytes", "bytes", b, b)));
    BudgetResult result =
        Budget.parse("leaks.retained.bytes of a " + limit + " x b").judge(results).get(0);
    assertThat(isHeld(result)).isEqualTo(isHeld);
    if (a == 0 && b == 0) {
      assertThat(result.message())
          .contains("is 0 or infinite in both benchmarks, which have no ratio");
    }
  }

  /** Time without an end, however many forks say so. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void throughputOfZeroIsNoGoodTime(int forks) {
    JmhResult none = result("a", Mode.THROUGHPUT, metric("throughput", "ops/s", new double[forks]));
    assertThat(isHeld(one("time of a <= 5 ns", none))).isFalse();
    assertThat(isHeld(one("time of a == 5 ns", none))).isFalse();
  }

  /** By hand: the forks' medians are 1, 5 and 9; of all iterations, 9 is the median. */
  @Test
  void aForkCountsOnceHoweverManyIterationsItHas() {
    JmhMetric time =
        new JmhMetric(
            "time", "ns/op", 1, List.of(new double[] {1}, new double[] {5}, spread(9, 0, 5)));
    assertThat(isHeld(one("time of a == 5 ns", result("a", Mode.AVERAGE_TIME, time)))).isTrue();
  }

  @Test
  void aParameterMayHoldASemicolon() {
    Limit budget = Limit.parse("time of a(x=1;2) <= 3 ns ; see docs; and there").orElseThrow();
    assertThat(budget.text()).isEqualTo("time of a(x=1;2) <= 3 ns");
    assertThat(budget.see()).isEqualTo("docs; and there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "time",
        "time of a",
        "time of a < 3 ns",
        "time of a <= ns",
        "time of a <= -3 ns",
        "time a <= 3 ns",
        "time of a(size) <= 3 ns",
        "time of a <= 3 x b(size)",
        "time of a <= 3 ns; there",
        "time of a <= 3 ns and more",
        "time of a <= +5%",
        "time of a <= 3 ns!",
        "time of a <= 3 ns for b",
        "time <= 3 ns"
      })
  void whatIsNoBudgetIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Budget.parse(text));
  }

  @Test
  void aFileHasABudgetInEachLine(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("budgets"),
            "\uFEFF# what must hold\n\n time of a <= 3 ns; see docs\r\ntime of b(x=1) == 2 x a\n");
    assertThat(Budget.readFile(file).stream().map(Budget::text))
        .containsExactly("time of a <= 3 ns", "time of b(x=1) == 2 x a");
    Files.writeString(file, "time of a <= 3 ns\n\ntime of b\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Budget.readFile(file))
        .withMessageStartingWith(file + ":3: time of b: not a budget");
    Files.writeString(file, "time of a <= 3 ns\ntime of a <= 3 ns; see docs\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Budget.readFile(file))
        .withMessage(file + ":2: time of a <= 3 ns; see docs: repeats line 1");
    Files.writeString(file, "# nothing\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Budget.readFile(file))
        .withMessage(file + ": contains no budget");
    Files.write(file, new byte[] {'#', (byte) 0xE4});
    assertThatIOException()
        .isThrownBy(() -> Budget.readFile(file))
        .withMessage(file + ": is not UTF-8");
  }

  private static boolean isHeld(BudgetResult result) {
    return result.outcome() == Outcome.HELD;
  }

  private static BudgetResult one(String budget, JmhResult result) {
    List<BudgetResult> results = Budget.parse(budget).judge(List.of(result));
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private static JmhResult time(double... forks) {
    return result("a", Mode.AVERAGE_TIME, metric("time", "ns/op", forks));
  }

  private static JmhResult withBytes(double... forks) {
    JmhMetric bytes = metric("gc.alloc.rate.norm", "B/op", forks);
    return result("a", Mode.AVERAGE_TIME, metric("time", "ns/op", 1), bytes);
  }

  private static JmhResult sized(String name, int size, double time) {
    return result(
        name,
        Map.of("size", Integer.toString(size)),
        Mode.AVERAGE_TIME,
        ENVIRONMENT,
        metric("time", "ns/op", time));
  }
}

package io.gb.compare;

import static io.gb.compare.Sides.compare;
import static io.gb.compare.Sides.result;
import static io.gb.compare.Sides.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.jmh.Mode;
import io.gb.compare.limit.Gate;
import io.gb.compare.limit.GateResult;
import io.gb.compare.limit.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same code on both sides must seldom look changed, whatever kind of metric and plan it is. */
class FalseAlarmTest {

  private static final int TABLES = 1000;
  private static final long SEED = 20_261_124;
  private static final double LEVEL = Settings.defaults().level();

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** What of one side is drawn: its metric, unit, forks, iterations and values. */
  private record Plan(String metric, String unit, int iterations, DoubleSupplier fork) {

    JmhResult draw(int forks) {
      List<double[]> values =
          Stream.generate(
                  () -> {
                    double value = fork.getAsDouble();
                    double[] all = new double[iterations];
                    Arrays.fill(all, value);
                    return all;
                  })
              .limit(forks)
              .toList();
      return result("a", Mode.AVERAGE_TIME, new JmhMetric(metric, unit, 1, values));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 50", "4, 30", "3, 10", "26, 3", "30, 30", "10, 10"})
  void timesOfUnequalNumbersOfForksSeldomDiffer(int base, int contender) {
    Plan plan = new Plan("time", "ns/op", 5, () -> 100 * Math.exp(0.05 * random.nextGaussian()));
    assertSeldom(shown(plan, base, contender));
  }

  /** Whole cycles an operation, with many ties. */
  @Test
  void countsWithNoiseSeldomDiffer() {
    Plan plan = new Plan("cycles", "#/op", 1, () -> random.nextInt(90, 110));
    assertSeldom(shown(plan, 6, 6));
    assertSeldom(shown(plan, 10, 8));
  }

  /** Bytes of code that the compiler treats in one of two ways, fork by fork. */
  @Test
  void bytesThatVaryFromForkToForkSeldomDiffer() {
    Plan plan = new Plan("gc.alloc.rate.norm", "B/op", 1, () -> random.nextInt(3) == 0 ? 48 : 24);
    assertSeldom(shown(plan, 6, 6));
    assertSeldom(missed("gc.alloc.rate.norm<=+0%,8B", plan, 6, 6));
    assertSeldom(missed("gc.alloc.rate.norm<=+0%", plan, 10, 10));
  }

  /** One to three forks often differ by chance, and nothing can tell; but each alarm says so. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void alarmsOfBytesFromFewForksAreMarked(int forks) {
    Plan plan = new Plan("gc.alloc.rate.norm", "B/op", 1, () -> random.nextInt(3) == 0 ? 48 : 24);
    int alarms = 0;
    for (int table = 0; table < TABLES; table++) {
      Row row =
          compare(side("base", plan.draw(forks)), side("new", plan.draw(forks))).rows().get(0);
      if (row.verdict() == Verdict.LESS || row.verdict() == Verdict.MORE) {
        assertThat(row.marks()).contains(Warning.Kind.FEW_SAMPLES);
        alarms++;
      }
    }
    assertThat(alarms).isPositive();
  }

  @Test
  void bytesWithNextToNoNoiseSeldomMissAGateWithoutAFloor() {
    Plan plan = new Plan("gc.alloc.rate.norm", "B/op", 1, () -> 24 + 0.001 * random.nextDouble());
    assertSeldom(missed("gc.alloc.rate.norm<=+0%,0B", plan, 10, 10));
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 3", "1, 6"})
  void fewForksSeldomDifferAndSeldomMissAGate(int base, int contender) {
    Plan plan = new Plan("time", "ns/op", 20, () -> 100 * Math.exp(0.1 * random.nextGaussian()));
    assertSeldom(shown(plan, base, contender));
    assertSeldom(missed("time<=+5%", plan, base, contender));
  }

  /** The assumed spread is not that of these forks, so rows alarm; gates do not rest on it. */
  @Test
  void gatesNeverFailOnAnAssumption() {
    Plan plan = new Plan("time", "ns/op", 20, () -> 100 * Math.exp(0.2 * random.nextGaussian()));
    assertThat(shown(plan, 1, 1)).isGreaterThan(0.5);
    assertThat(missed("time<=+5%", plan, 1, 1)).isZero();
  }

  private double shown(Plan plan, int base, int contender) {
    return share(() ->
        compare(side("base", plan.draw(base)), side("new", plan.draw(contender)))
            .rows()
            .get(0)
            .shown());
  }

  private double missed(String gate, Plan plan, int base, int contender) {
    List<Gate> gates = List.of(Gate.parse(gate));
    return share(() -> {
      Comparison comparison =
          compare(side("base", plan.draw(base)), side("new", plan.draw(contender)));
      return GateResult.of(gates, comparison).get(0).outcome() == Outcome.MISSED;
    });
  }

  private static double share(BooleanSupplier hit) {
    int hits = 0;
    for (int table = 0; table < TABLES; table++) {
      hits += hit.getAsBoolean() ? 1 : 0;
    }
    return hits / (double) TABLES;
  }

  private static void assertSeldom(double share) {
    double chance = 3 * Math.sqrt(LEVEL * (1 - LEVEL) / TABLES);
    assertThat(share).as("seed %s", SEED).isLessThanOrEqualTo(LEVEL + chance);
  }
}

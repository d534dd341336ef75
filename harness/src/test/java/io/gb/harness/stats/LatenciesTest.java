package io.gb.harness.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gb.leaks.junit.NoThreadLeaks;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.HdrHistogram.AtomicHistogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@NoThreadLeaks
class LatenciesTest {

  private static final double HALF_A_MICRO = 512;
  private static final long HIGHEST = TimeUnit.SECONDS.toNanos(60);
  private static final double[] PERCENTILES = {0, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100};

  @Test
  void figuresOfNothingAreZero() {
    Latencies none = latencies();
    assertThat(none.count()).isZero();
    assertThat(none.minNanos()).isZero();
    assertThat(none.meanNanos()).isZero();
    assertThat(none.maxNanos()).isZero();
    assertThat(none.standardDeviationNanos()).isZero();
    assertThat(none.percentileNanos(0)).isZero();
    assertThat(none.percentileNanos(50)).isZero();
    assertThat(none.percentileNanos(100)).isZero();
  }

  @Test
  void oneValueIsAllOfItsFiguresAndDoesNotDeviate() {
    Latencies one = latencies(5_000_000);
    assertThat(one.count()).isEqualTo(1);
    assertThat(one.minNanos()).isCloseTo(5_000_000, withinPercentage(0.1));
    assertThat(one.meanNanos()).isCloseTo(5_000_000, withinPercentage(0.1));
    assertThat(one.maxNanos()).isCloseTo(5_000_000, withinPercentage(0.1));
    assertThat(one.percentileNanos(50)).isCloseTo(5_000_000, withinPercentage(0.1));
    assertThat(one.standardDeviationNanos()).isZero();
  }

  /** The classic example: mean 5, population deviation 2, hence sample deviation √(32 / 7). */
  @Test
  void meanAndDeviationAreThoseComputedByHand() {
    Latencies millis = inMillis(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(millis.meanNanos()).isCloseTo(5e6, withinPercentage(0.1));
    assertThat(millis.standardDeviationNanos())
        .isCloseTo(2.138089935299395e6, withinPercentage(0.1));
  }

  /** Mean 7, squares of the deviations 4 + 1 + 1 + 4, divided by 3. */
  @Test
  void deviationDividesByOneLessThanTheCount() {
    assertThat(inMillis(5, 6, 8, 9).standardDeviationNanos())
        .isCloseTo(1.8257418583505538e6, withinPercentage(0.1));
    assertThat(inMillis(3, 3, 3).standardDeviationNanos()).isCloseTo(0, within(HALF_A_MICRO));
  }

  @Test
  void percentileIsTheSmallestValueThatEnoughDoNotExceed() {
    Latencies ten = inMillis(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(ten.percentileNanos(0)).isCloseTo(1_000_000, withinPercentage(0.1));
    assertThat(ten.percentileNanos(10)).isCloseTo(1_000_000, withinPercentage(0.1));
    assertThat(ten.percentileNanos(10.1)).isCloseTo(2_000_000, withinPercentage(0.1));
    assertThat(ten.percentileNanos(50)).isCloseTo(5_000_000, withinPercentage(0.1));
    assertThat(ten.percentileNanos(90)).isCloseTo(9_000_000, withinPercentage(0.1));
    assertThat(ten.percentileNanos(99)).isCloseTo(10_000_000, withinPercentage(0.1));
    assertThat(ten.percentileNanos(100)).isEqualTo(ten.maxNanos());
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        shape("uniform to 10 ms", random -> random.nextLong(10_000_000)),
        shape("exponential of 1 ms", random -> (long) (random.nextExponential() * 1e6)),
        shape("exponential of 1 s", random -> (long) (random.nextExponential() * 1e9)),
        shape("below 2 µs", random -> random.nextLong(2000)),
        shape("of every magnitude", random -> (long) Math.exp(random.nextDouble() * 24)),
        shape("all the same", random -> 123_456_789),
        shape("two peaks", random -> random.nextInt(100) == 0 ? 1_000_000_000 : 100_000));
  }

  private static Arguments shape(String name, ToLongFunction<RandomGenerator> of) {
    return Arguments.argumentSet(name, of);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void figuresAreThoseOfTheSortedValues(ToLongFunction<RandomGenerator> shape) {
    long seed = System.nanoTime();
    RandomGenerator random = new SplittableRandom(seed);
    for (int n : new int[] {1, 2, 10, 1000, 20_000}) {
      long[] sorted =
          LongStream.generate(() -> Math.min(HIGHEST, shape.applyAsLong(random)))
              .limit(n)
              .sorted()
              .toArray();
      Latencies actual = latencies(sorted);
      String which = "seed " + seed + ", n " + n;
      assertThat(actual.count()).as(which).isEqualTo(n);
      assertClose(which + ", min", (double) actual.minNanos(), (double) sorted[0]);
      assertClose(which + ", max", (double) actual.maxNanos(), (double) sorted[n - 1]);
      assertClose(which + ", mean", actual.meanNanos(), Arrays.stream(sorted).average().orElse(-1));
      for (double percentile : PERCENTILES) {
        int rank = Math.max(1, (int) Math.ceil(percentile * n / 100 - 1e-9));
        assertClose(
            which + ", percentile " + percentile,
            (double) actual.percentileNanos(percentile),
            (double) sorted[rank - 1]);
      }
    }
  }

  @Test
  void percentilesNeverDescend() {
    long seed = System.nanoTime();
    RandomGenerator random = new SplittableRandom(seed);
    Latencies values = latencies(random.longs(1000, 0, HIGHEST).toArray());
    long before = 0;
    for (double percentile = 0; percentile <= 100; percentile += 0.5) {
      long now = values.percentileNanos(percentile);
      assertThat(now)
          .as("seed " + seed + ", percentile " + percentile)
          .isBetween(before, values.maxNanos());
      before = now;
    }
  }

  @Test
  void laterRecordingDoesNotShow() {
    AtomicHistogram source = Recorder.histogram(HIGHEST);
    source.recordValue(1000);
    Latencies before = new Latencies(source);
    source.recordValue(1_000_000);
    assertThat(before.count()).isEqualTo(1);
    assertThat(before.maxNanos()).isLessThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 100.1, Double.NaN, Double.POSITIVE_INFINITY})
  void percentileOutOfRangeIsRefused(double percentile) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> latencies(1).percentileNanos(percentile))
        .withMessage("percentile must be between 0 and 100: " + percentile);
    assertThatIllegalArgumentException().isThrownBy(() -> latencies().percentileNanos(percentile));
  }

  private static void assertClose(String what, double actual, double exact) {
    assertThat(actual).as(what).isCloseTo(exact, within(Math.max(HALF_A_MICRO, exact / 1000)));
  }

  private static Latencies inMillis(long... millis) {
    LongUnaryOperator toNanos = TimeUnit.MILLISECONDS::toNanos;
    return latencies(LongStream.of(millis).map(toNanos).toArray());
  }

  private static Latencies latencies(long... nanos) {
    AtomicHistogram histogram = Recorder.histogram(HIGHEST);
    LongStream.of(nanos).forEach(histogram::recordValue);
    return new Latencies(histogram);
  }
}

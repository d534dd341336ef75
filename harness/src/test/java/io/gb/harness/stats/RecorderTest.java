package io.gb.harness.stats;

import static io.gb.harness.fixture.Outcomes.completed;
import static io.gb.harness.fixture.Outcomes.failed;
import static io.gb.harness.fixture.Outcomes.reused;
import static io.gb.harness.fixture.Outcomes.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@NoThreadLeaks
class RecorderTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long HIGHEST = TimeUnit.SECONDS.toNanos(60);
  private static final double[] PERCENTILES = {0, 10, 50, 90, 99, 99.9, 99.99, 100};

  @Test
  void aCompleteResponseCountsByItsStatusThoughItsLengthIsWrong() {
    Recorder recorder = recorder(1);
    IOException cause = new IOException("length");
    for (int status : new int[] {0, 200, 500}) {
      recorder.sink(0).record(new Outcome.Failed(ErrorKind.LENGTH, cause, 1, 1, 1, 1, status));
    }
    Summary summary = recorder.summarize();
    assertThat(summary.nonSuccess()).isOne();
    assertThat(summary.completed()).isZero();
  }

  @Test
  void emptyRecorderGivesZeros() {
    Summary summary = recorder(10).summarize();
    assertThat(summary.completed()).isZero();
    assertThat(summary.failed()).isZero();
    assertThat(summary.nonSuccess()).isZero();
    assertThat(summary.keptAlive()).isZero();
    assertThat(summary.bytesReceived()).isZero();
    assertThat(summary.bytesSent()).isZero();
    assertThat(summary.bodyBytes()).isZero();
    assertThat(summary.errors()).isEmpty();
    assertThat(rows(summary)).hasSize(6).allMatch(row -> row.count() == 0 && row.maxNanos() == 0);
    assertThat(recorder(10).progress()).isEqualTo(new Progress(0, 0, 0));
  }

  /**
   * The recorder keeps two histograms of total times, in stripes; the truth is one histogram a row.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void mergedRowsAreThoseOfASingleHistogram(int connections) {
    long seed = System.nanoTime();
    RandomGenerator random = new SplittableRandom(seed);
    Recorder recorder = recorder(connections);
    Histogram connect = histogram();
    Histogram newConnect = histogram();
    Histogram processing = histogram();
    Histogram waiting = histogram();
    Histogram total = histogram();
    Histogram failedTotal = histogram();
    for (int i = 0; i < 20_000; i++) {
      OutcomeSink sink = recorder.sink(random.nextInt(connections));
      long totalNanos = (long) (random.nextExponential() * 1e7);
      if (random.nextInt(10) == 0) {
        sink.record(failed(ErrorKind.RECEIVE, totalNanos));
        failedTotal.recordValue(totalNanos);
      } else {
        long connectNanos = random.nextInt(3) == 0 ? 1 + totalNanos / 3 : 0;
        long waitNanos = totalNanos / 2;
        sink.record(completed(connectNanos, waitNanos, Math.max(connectNanos, totalNanos)));
        connect.recordValue(connectNanos);
        if (connectNanos > 0) {
          newConnect.recordValue(connectNanos);
        }
        processing.recordValue(Math.max(connectNanos, totalNanos) - connectNanos);
        waiting.recordValue(waitNanos);
        total.recordValue(Math.max(connectNanos, totalNanos));
      }
    }
    Summary summary = recorder.summarize();
    String which = "seed " + seed;
    assertSame(which + ", connect", summary.connect(), connect);
    assertSame(which + ", newConnect", summary.newConnect(), newConnect);
    assertSame(which + ", processing", summary.processing(), processing);
    assertSame(which + ", waiting", summary.waiting(), waiting);
    assertSame(which + ", total", summary.total(), total);
    assertSame(which + ", failedTotal", summary.failedTotal(), failedTotal);
  }

  @Test
  void figuresDoNotDependOnWhichConnectionRecords() {
    long seed = System.nanoTime();
    List<Outcome> outcomes = someOutcomes(seed, 5000);
    Recorder one = recorder(1);
    outcomes.forEach(one.sink(0)::record);
    for (int connections : new int[] {2, 8, 20_000}) {
      Recorder many = recorder(connections);
      for (int i = 0; i < outcomes.size(); i++) {
        many.sink(i % connections).record(outcomes.get(i));
      }
      assertThat(figures(many.summarize()))
          .as("seed " + seed + ", connections " + connections)
          .isEqualTo(figures(one.summarize()));
    }
  }

  @Test
  void everythingIsAddedUp() {
    Recorder recorder = recorder(2);
    recorder.sink(0).record(completed(0, 1000, 2000));
    recorder.sink(0).record(completed(5000, 1000, 9000));
    recorder.sink(1).record(failed(ErrorKind.TIMEOUT, 3000));
    Summary summary = recorder.summarize();
    assertThat(summary.completed()).isEqualTo(2);
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(summary.keptAlive()).isEqualTo(2);
    assertThat(summary.bodyBytes()).isEqualTo(2 * 5);
    assertThat(summary.bytesReceived()).isEqualTo(2 * 100 + 10);
    assertThat(summary.bytesSent()).isEqualTo(2 * 50 + 20);
    assertThat(recorder.progress()).isEqualTo(new Progress(2, 1, 0));
    assertThat(recorder.progress().ended()).isEqualTo(3);
  }

  @Test
  void onlyStatusesOutside2xxAreNoSuccess() {
    Recorder recorder = recorder(1);
    for (int status : new int[] {200, 204, 299}) {
      recorder.sink(0).record(status(status));
    }
    assertThat(recorder.summarize().nonSuccess()).isZero();
    for (int status : new int[] {101, 199, 300, 304, 404, 500, 999}) {
      recorder.sink(0).record(status(status));
    }
    assertThat(recorder.summarize().nonSuccess()).isEqualTo(7);
    assertThat(recorder.progress().nonSuccess()).isEqualTo(7);
    assertThat(recorder.summarize().completed()).isEqualTo(10);
    assertThat(recorder.summarize().keptAlive()).isZero();
  }

  @Test
  void everyStatusIsCounted() {
    Recorder recorder = recorder(7);
    Map<Integer, Long> expected = new TreeMap<>();
    for (int status = 200; status <= 999; status++) {
      for (int i = 0; i < status % 5; i++) {
        recorder.sink(i).record(status(status));
        expected.merge(status, 1L, Long::sum);
      }
    }
    assertThat(recorder.summarize().statuses()).isEqualTo(expected);
    recorder.sink(1).record(reused(1));
    recorder.sink(2).record(reused(1));
    recorder.sink(3).record(failed(ErrorKind.RECEIVE));
    for (int status : new int[] {200, 404}) {
      recorder
          .sink(4)
          .record(new Outcome.Failed(ErrorKind.LENGTH, new IOException(), 1, 1, 1, 1, status));
      expected.merge(status, 1L, Long::sum);
    }
    expected.merge(200, 2L, Long::sum);
    // HttpCore reads higher numbers than RFC 9110 allows.
    recorder.sink(5).record(status(1234));
    expected.merge(999, 1L, Long::sum);
    assertThat(recorder.summarize().statuses()).isEqualTo(expected);
    assertThat(recorder.summarize().wrongLength()).isEqualTo(2);
  }

  @Test
  void reusedConnectionsTakeNoTimeToConnectAndAreMissingInTheRowOfNewOnes() {
    Recorder recorder = recorder(1);
    recorder.sink(0).record(completed(4_000_000, 0, 10_000_000));
    recorder.sink(0).record(reused(6_000_000));
    Summary summary = recorder.summarize();
    assertThat(summary.connect().count()).isEqualTo(2);
    assertThat(summary.connect().minNanos()).isZero();
    assertThat(summary.connect().meanNanos()).isCloseTo(2e6, withinPercentage(0.1));
    assertThat(summary.newConnect().count()).isEqualTo(1);
    assertThat(summary.newConnect().meanNanos()).isCloseTo(4e6, withinPercentage(0.1));
    assertThat(summary.processing().count()).isEqualTo(2);
    assertThat(summary.processing().minNanos()).isCloseTo(6_000_000, withinPercentage(0.1));
    assertThat(summary.processing().maxNanos()).isCloseTo(6_000_000, withinPercentage(0.1));
  }

  @Test
  void failuresNeverEnterTheRowsOfTheGood() {
    Recorder recorder = recorder(1);
    for (ErrorKind kind : ErrorKind.values()) {
      recorder.sink(0).record(failed(kind, 5_000_000_000L));
    }
    recorder.sink(0).record(reused(1000));
    Summary summary = recorder.summarize();
    assertThat(summary.failedTotal().count()).isEqualTo(ErrorKind.values().length);
    assertThat(summary.failedTotal().minNanos()).isCloseTo(5_000_000_000L, withinPercentage(0.1));
    assertThat(List.of(summary.connect(), summary.processing(), summary.waiting(), summary.total()))
        .allSatisfy(row -> {
          assertThat(row.count()).isEqualTo(1);
          assertThat(row.maxNanos()).isLessThan(10_000);
        });
    assertThat(summary.newConnect().count()).isZero();
    assertThat(summary.bodyBytes()).isEqualTo(5);
    assertThat(summary.nonSuccess()).isZero();
  }

  @Test
  void errorsAreCountedByKindWithTheFirstCause() {
    Recorder recorder = recorder(3);
    Outcome.Failed first = failed(ErrorKind.RECEIVE, 1);
    recorder.sink(2).record(first);
    recorder.sink(0).record(failed(ErrorKind.CONNECT, 1));
    recorder.sink(0).record(failed(ErrorKind.RECEIVE, 1));
    recorder.sink(1).record(failed(ErrorKind.RECEIVE, 1));
    Summary summary = recorder.summarize();
    assertThat(summary.errors()).containsOnlyKeys(ErrorKind.CONNECT, ErrorKind.RECEIVE);
    assertThat(summary.errors().get(ErrorKind.RECEIVE))
        .isNotNull()
        .satisfies(error -> {
          assertThat(error.count()).isEqualTo(3);
          assertThat(error.cause()).isSameAs(first.cause());
        });
    assertThat(summary.failed()).isEqualTo(4);
  }

  @Test
  void timesOfErrorsCountFromTheStart() {
    long before = System.nanoTime();
    Recorder recorder = new Recorder(before, 1, TIMEOUT);
    recorder.sink(0).record(failed(ErrorKind.SEND, 1));
    long after = System.nanoTime();
    recorder.sink(0).record(failed(ErrorKind.SEND, 1));
    assertThat(recorder.summarize().errors().get(ErrorKind.SEND))
        .isNotNull()
        .satisfies(error -> {
          assertThat(error.firstNanos()).isBetween(0L, after - before);
          assertThat(error.lastNanos()).isBetween(after - before, System.nanoTime() - before);
        });
  }

  @Test
  void valuesBeyondTheRangeCountAsTheHighest() {
    Recorder recorder = recorder(1);
    recorder.sink(0).record(completed(Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MAX_VALUE));
    recorder.sink(0).record(reused(Long.MAX_VALUE));
    recorder.sink(0).record(failed(ErrorKind.TIMEOUT, Long.MAX_VALUE));
    Summary summary = recorder.summarize();
    assertThat(summary.completed()).isEqualTo(2);
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(List.of(summary.total(), summary.newConnect(), summary.failedTotal()))
        .allSatisfy(row -> assertThat(row.maxNanos()).isCloseTo(HIGHEST, withinPercentage(0.1)));
    assertThat(summary.waiting().maxNanos()).isCloseTo(HIGHEST, withinPercentage(0.1));
  }

  @Test
  void rangeReachesTwiceTheTimeout() {
    Recorder recorder = new Recorder(0, 1, Duration.ofMinutes(10));
    long almost = TimeUnit.MINUTES.toNanos(19);
    recorder.sink(0).record(reused(almost));
    recorder.sink(0).record(reused(TimeUnit.MINUTES.toNanos(21)));
    Latencies total = recorder.summarize().total();
    assertThat(total.minNanos()).isCloseTo(almost, withinPercentage(0.1));
    assertThat(total.maxNanos()).isCloseTo(TimeUnit.MINUTES.toNanos(20), withinPercentage(0.1));
  }

  /** Memory is stripes times the size of one; neither requests nor connections add to it. */
  @Test
  void stripesAreBoundedWhateverTheConnections() {
    int bound = 4 * Runtime.getRuntime().availableProcessors();
    assertThat(stripes(1)).isEqualTo(1);
    assertThat(stripes(3)).isEqualTo(3);
    assertThat(stripes(bound)).isEqualTo(bound);
    assertThat(stripes(20_000)).isEqualTo(bound);
  }

  private static long stripes(int connections) {
    Recorder recorder = recorder(connections);
    return IntStream.range(0, connections).mapToObj(recorder::sink).distinct().count();
  }

  @Test
  void histogramsOfAStripeDoNotGrow() {
    Stripe stripe = new Stripe(0, HIGHEST);
    int before = footprint(stripe);
    RandomGenerator random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      stripe.record(completed(random.nextLong(HIGHEST), random.nextLong(HIGHEST), HIGHEST));
      stripe.record(failed(ErrorKind.OTHER, Long.MAX_VALUE));
    }
    assertThat(footprint(stripe)).isEqualTo(before);
    assertThatExceptionOfType(ArrayIndexOutOfBoundsException.class)
        .as("it would grow otherwise")
        .isThrownBy(() -> stripe.newTotal.recordValue(4 * HIGHEST));
  }

  private static int footprint(Stripe stripe) {
    return IntStream.of(
            stripe.reusedTotal.getEstimatedFootprintInBytes(),
            stripe.newTotal.getEstimatedFootprintInBytes(),
            stripe.newConnect.getEstimatedFootprintInBytes(),
            stripe.newProcessing.getEstimatedFootprintInBytes(),
            stripe.waiting.getEstimatedFootprintInBytes(),
            stripe.failedTotal.getEstimatedFootprintInBytes())
        .sum();
  }

  @Test
  void recordingFromManyThreadsLosesNothing() throws InterruptedException {
    int threads = 8;
    int each = 20_000;
    for (int connections : new int[] {1, 3, 100}) {
      Recorder recorder = recorder(connections);
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> recording = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        OutcomeSink sink = recorder.sink(t % connections);
        recording.add(
            Thread.ofPlatform().name("recording-" + t).start(() -> recordMany(sink, each, start)));
      }
      start.countDown();
      for (Thread thread : recording) {
        thread.join();
      }
      Summary summary = recorder.summarize();
      long third = (long) threads * each / 4;
      assertThat(summary.completed()).isEqualTo(2 * third);
      assertThat(summary.failed()).isEqualTo(2 * third);
      assertThat(summary.total().count()).isEqualTo(2 * third);
      assertThat(summary.newConnect().count()).isEqualTo(third);
      assertThat(summary.waiting().count()).isEqualTo(2 * third);
      assertThat(summary.keptAlive()).isEqualTo(2 * third);
      assertThat(summary.bodyBytes()).isEqualTo(2 * third * 5);
      assertThat(summary.bytesReceived()).isEqualTo(2 * third * 110);
      assertThat(summary.bytesSent()).isEqualTo(2 * third * 70);
      assertThat(summary.errors().values())
          .extracting(ErrorSummary::count)
          .containsExactly(third, third);
    }
  }

  private static void recordMany(OutcomeSink sink, int count, CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
    for (int i = 0; i < count / 4; i++) {
      sink.record(reused(1000));
      sink.record(completed(500, 100, 1000));
      sink.record(failed(ErrorKind.CONNECT, 1000));
      sink.record(failed(ErrorKind.TIMEOUT, 1000));
    }
  }

  private static List<Outcome> someOutcomes(long seed, int count) {
    RandomGenerator random = new SplittableRandom(seed);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long total = 1 + (long) (random.nextExponential() * 1e6);
      outcomes.add(
          switch (random.nextInt(3)) {
            case 0 -> failed(ErrorKind.SEND, total);
            case 1 -> reused(total);
            default -> completed(1 + total / 2, total / 3, total);
          });
    }
    return outcomes;
  }

  private static List<Object> figures(Summary summary) {
    List<Object> figures = new ArrayList<>();
    figures.add(summary.completed());
    figures.add(summary.failed());
    figures.add(summary.bytesReceived());
    figures.add(summary.bytesSent());
    figures.add(summary.bodyBytes());
    for (Latencies row : rows(summary)) {
      figures.add(row.count());
      figures.add(row.minNanos());
      figures.add(row.maxNanos());
      figures.add(row.meanNanos());
      Arrays.stream(PERCENTILES).mapToObj(row::percentileNanos).forEach(figures::add);
    }
    return figures;
  }

  private static List<Latencies> rows(Summary summary) {
    return List.<Function<Summary, Latencies>>of(
            Summary::connect,
            Summary::newConnect,
            Summary::processing,
            Summary::waiting,
            Summary::total,
            Summary::failedTotal)
        .stream()
        .map(row -> row.apply(summary))
        .toList();
  }

  private static void assertSame(String what, Latencies actual, Histogram truth) {
    assertThat(actual.count()).as(what).isEqualTo(truth.getTotalCount());
    assertThat(actual.minNanos()).as(what).isEqualTo(truth.getMinValue());
    assertThat(actual.maxNanos()).as(what).isEqualTo(truth.getMaxValue());
    assertThat(actual.meanNanos()).as(what).isCloseTo(truth.getMean(), within(1e-3));
    for (double percentile : PERCENTILES) {
      assertThat(actual.percentileNanos(percentile))
          .as(what + ", percentile " + percentile)
          .isEqualTo(truth.getValueAtPercentile(percentile));
    }
  }

  private static Histogram histogram() {
    return new Histogram(1000, HIGHEST, 3);
  }

  private static Recorder recorder(int connections) {
    return new Recorder(System.nanoTime(), connections, TIMEOUT);
  }
}

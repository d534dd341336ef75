package io.gb.harness.stats;

import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.OutcomeSink;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/**
 * Records the outcomes of a run in a fixed amount of memory, however many requests and connections
 * there are: a few stripes for each processor, each with its own histograms, added up at the end.
 * Recording takes no lock and allocates nothing. Thread-safe.
 */
public final class Recorder {

  private static final int STRIPES_PER_PROCESSOR = 4;

  /** A stripe takes about a megabyte, so there is a limit for machines with many processors. */
  private static final int MOST_STRIPES = 16;

  private static final int SIGNIFICANT_DIGITS = 3;
  private static final long LOWEST_NANOS = TimeUnit.MICROSECONDS.toNanos(1);
  private static final long SMALLEST_RANGE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final List<Stripe> stripes;
  private final long highestNanos;

  /**
   * Creates an empty recorder.
   *
   * @param startNanos the {@link System#nanoTime()} that the times of errors count from
   * @param connections how many connections will record, at least 1
   * @param timeout the deadline of one request, which bounds the times to be recorded
   */
  public Recorder(long startNanos, int connections, Duration timeout) {
    // A request may open two connections, and the watchdog may notice a deadline a little late.
    highestNanos = Math.max(SMALLEST_RANGE_NANOS, 2 * timeout.toNanos());
    int wanted = STRIPES_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    int count = Math.min(connections, Math.min(wanted, MOST_STRIPES));
    stripes =
        IntStream.range(0, count).mapToObj(i -> new Stripe(startNanos, highestNanos)).toList();
  }

  static AtomicHistogram histogram(long highestNanos) {
    return new AtomicHistogram(LOWEST_NANOS, highestNanos, SIGNIFICANT_DIGITS);
  }

  /**
   * {@return the sink for the outcomes of a connection}
   *
   * @param connection its number, from 0
   */
  public OutcomeSink sink(int connection) {
    return stripes.get(connection % stripes.size());
  }

  /** {@return how far the run has come} */
  public Progress progress() {
    return new Progress(
        stripes.stream().mapToLong(Stripe::completed).sum(),
        stripes.stream().mapToLong(Stripe::failed).sum(),
        add(stripe -> stripe.nonSuccess));
  }

  /** {@return the sums so far; exact once no thread records any more} */
  public Summary summarize() {
    Histogram reused = sum(stripe -> stripe.reusedTotal);
    Histogram newConnect = sum(stripe -> stripe.newConnect);
    Histogram connect = newConnect.copy();
    if (reused.getTotalCount() > 0) {
      connect.recordValueWithCount(0, reused.getTotalCount());
    }
    Histogram processing = sum(stripe -> stripe.newProcessing);
    processing.add(reused);
    Histogram total = sum(stripe -> stripe.newTotal);
    total.add(reused);
    Map<ErrorKind, ErrorSummary> errors = new EnumMap<>(ErrorKind.class);
    stripes.forEach(stripe ->
        stripe.errors().forEach((kind, error) -> errors.merge(kind, error, ErrorSummary::plus)));
    Map<Integer, Long> statuses = new TreeMap<>();
    stripes.forEach(stripe -> stripe.addStatuses(statuses));
    Progress progress = progress();
    return new Summary(
        progress.completed(),
        progress.failed(),
        statuses,
        add(stripe -> stripe.keptAlive),
        add(stripe -> stripe.bytesReceived),
        add(stripe -> stripe.bytesSent),
        add(stripe -> stripe.bodyBytes),
        new Latencies(connect),
        new Latencies(newConnect),
        new Latencies(sum(stripe -> stripe.handshake)),
        new Latencies(processing),
        new Latencies(sum(stripe -> stripe.waiting)),
        new Latencies(total),
        new Latencies(sum(stripe -> stripe.failedTotal)),
        errors);
  }

  private Histogram sum(Function<Stripe, AbstractHistogram> row) {
    Histogram sum = new Histogram(LOWEST_NANOS, highestNanos, SIGNIFICANT_DIGITS);
    stripes.forEach(stripe -> sum.add(row.apply(stripe)));
    return sum;
  }

  private long add(Function<Stripe, LongAdder> counter) {
    return stripes.stream().mapToLong(stripe -> counter.apply(stripe).sum()).sum();
  }
}

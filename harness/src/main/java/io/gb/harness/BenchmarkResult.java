package io.gb.harness;

import io.gb.harness.http.AddressCount;
import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.http.response.Sloppiness;
import io.gb.harness.load.EndReason;
import io.gb.harness.stats.Latencies;
import io.gb.harness.stats.RequestSample;
import io.gb.harness.stats.Summary;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of a run, complete or cut short. Immutable. The counts always add up: {@code issued =
 * completed + failed + unsent}.
 *
 * @param config the configuration of the run
 * @param endReason why the run ended
 * @param error the unexpected error that ended the run, if that is the reason; empty otherwise
 * @param elapsed from the first request's start to the last one's end, or to the moment the run was
 *     stopped
 * @param issued how many jobs were queued
 * @param unsent how many of them have no outcome, because the run ended early
 * @param recalled how many of the unsent were under way at that moment, and cut off
 * @param longestUnderWay how long the oldest of the recalled had been under way, zero without any;
 *     no distribution of times contains them
 * @param documentLength the length of the first 2xx response's body in bytes; without one, of the
 *     first response's; -1 without a response
 * @param summary the counts and times of all requests
 * @param samples single requests, as many as the configuration asked to keep, in no order
 * @param connections what happened to the connections
 * @param sloppyResponses how many complete responses broke the rules of HTTP/1.1 in each way that
 *     leaves no doubt about what they say; no entry for a way that did not occur
 * @param addresses how many connections were established to each address of the server, or of the
 *     proxy, in the resolver's order
 * @param server what the first response told of the server; empty without a response
 * @param cpu the processor time used
 */
public record BenchmarkResult(
    BenchmarkConfig config,
    EndReason endReason,
    Optional<Throwable> error,
    Duration elapsed,
    long issued,
    long unsent,
    long recalled,
    Duration longestUnderWay,
    long documentLength,
    Summary summary,
    List<RequestSample> samples,
    ConnectionCounts connections,
    Map<Sloppiness, Long> sloppyResponses,
    List<AddressCount> addresses,
    Optional<ServerInfo> server,
    CpuUse cpu) {

  private static final Duration SHORTEST_TO_JUDGE = Duration.ofSeconds(1);
  private static final long FEWEST_TO_JUDGE = 100;

  /**
   * Checks that the counts add up, and copies lists and map.
   *
   * @throws IllegalStateException if they do not, which is a defect of the harness
   */
  public BenchmarkResult {
    samples = List.copyOf(samples);
    sloppyResponses = Collections.unmodifiableMap(new TreeMap<>(sloppyResponses));
    addresses = List.copyOf(addresses);
    if (issued != summary.completed() + summary.failed() + unsent) {
      throw new IllegalStateException(
          "issued %d, but completed %d + failed %d + unsent %d"
              .formatted(issued, summary.completed(), summary.failed(), unsent));
    }
  }

  /** {@return how many requests got a complete response of the expected length} */
  public long completed() {
    return summary.completed();
  }

  /** {@return how many requests failed} */
  public long failed() {
    return summary.failed();
  }

  /** {@return how many complete responses came with each status, in the order of the statuses} */
  public Map<Integer, Long> statuses() {
    return summary.statuses();
  }

  /** {@return the times of completed requests from start to end} */
  public Latencies latencies() {
    return summary.total();
  }

  /** {@return the ended requests per second, failed ones included} */
  public double requestsPerSecond() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds > 0 ? (completed() + failed()) / seconds : 0;
  }

  /**
   * {@return whether this process used so much processor time that it may be the bottleneck; false
   * for a run of less than a second or 100 requests, which is mostly start-up}
   */
  public boolean clientIsBottleneck() {
    return elapsed.compareTo(SHORTEST_TO_JUDGE) >= 0
        && completed() + failed() >= FEWEST_TO_JUDGE
        && cpu.share(elapsed.toNanos()) > CpuUse.BOTTLENECK_SHARE;
  }

  /** {@return the main figures in one line} */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s after %.3f s, %d completed, %d failed, %d unsent, statuses %s, times of completed:"
            + " %s",
        config.request(),
        endReason,
        elapsed.toNanos() / 1e9,
        completed(),
        failed(),
        unsent,
        statuses(),
        latencies());
  }
}

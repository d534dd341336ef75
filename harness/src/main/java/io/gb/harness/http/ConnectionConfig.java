package io.gb.harness.http;

import static io.gb.harness.job.Checks.require;
import static io.gb.harness.job.Checks.requireTime;

import io.gb.harness.http.response.Sloppiness;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to connect, and how a connection is used. Immutable.
 *
 * @param engine which engine sends
 * @param threads how many processors may run requests, 0 for all. The event loop starts as many
 *     threads, or with 0 half as many as there are processors if the server is on this machine. The
 *     other engines run on virtual threads, whose number of processors only a flag of the JVM can
 *     set; the number then only counts for the share of processor time in the result
 * @param concurrency how many connections, 1 to {@value #MAX_CONCURRENCY}, each with at most one
 *     request under way
 * @param keepAlive whether a connection serves more than one request
 * @param timeout the deadline of each request, from its start, connecting included, to the last
 *     byte of the response; positive, at most a year
 * @param retry whether to send a request of an idempotent method (RFC 9110, section 9.2.2) once
 *     more on a new connection, within the same deadline, if the server closes a kept connection
 *     without a response to it
 * @param strictHttp whether a response that breaks the rules of HTTP/1.1 fails even if it leaves no
 *     doubt about what it says, see {@link Sloppiness}
 * @param transport sockets, proxy and TLS
 * @param listener is called with each response head, or null
 */
public record ConnectionConfig(
    EngineKind engine,
    int threads,
    int concurrency,
    boolean keepAlive,
    Duration timeout,
    boolean retry,
    boolean strictHttp,
    Transport transport,
    @Nullable ExchangeListener listener) {

  /** The most connections a run may have. */
  public static final int MAX_CONCURRENCY = 20_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range; the message names it
   */
  public ConnectionConfig {
    require(threads >= 0, "threads must not be negative", threads);
    require(
        concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
        "concurrency must be between 1 and " + MAX_CONCURRENCY,
        concurrency);
    requireTime(timeout, "timeout");
  }
}

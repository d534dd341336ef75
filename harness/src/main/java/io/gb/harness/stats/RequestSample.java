package io.gb.harness.stats;

import java.time.Instant;

/**
 * When one completed request began and what it took, in nanoseconds. Immutable.
 *
 * @param start when it began, connecting included
 * @param connectNanos see {@link io.gb.harness.job.Outcome#connectNanos()}
 * @param waitNanos from the request fully written to the first byte of the response
 * @param totalNanos see {@link io.gb.harness.job.Outcome#totalNanos()}
 */
public record RequestSample(Instant start, long connectNanos, long waitNanos, long totalNanos) {}

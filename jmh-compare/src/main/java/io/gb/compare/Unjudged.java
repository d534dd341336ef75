package io.gb.compare;

import io.gb.compare.jmh.BenchmarkId;

/**
 * A metric that could not be compared, and so has no row. Immutable.
 *
 * @param contender the side that was to be compared with the base
 * @param id benchmark, parameters and mode
 * @param metric name of the metric
 * @param reason why it could not be compared: {@code in new.json, not in base.json}
 */
public record Unjudged(String contender, BenchmarkId id, String metric, String reason) {}

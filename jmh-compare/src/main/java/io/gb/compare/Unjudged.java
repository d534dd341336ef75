package io.gb.compare;

import io.gb.compare.Row.TableKey;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.stats.Estimate;
import java.util.Optional;

/**
 * A metric that could not be compared, and so has no row. Immutable.
 *
 * @param why why it could not be compared
 * @param key the table that it would belong to
 * @param id benchmark, parameters and mode
 * @param reason the same as a text: {@code in new.json, not in base.json}
 * @param value what the only side has that was measured; nothing if the metric is on both sides, or
 *     has no finite score
 */
public record Unjudged(
    Why why, TableKey key, BenchmarkId id, String reason, Optional<Estimate> value) {

  /** Why a metric could not be compared. */
  public enum Why {
    /** Only the base has it. */
    GONE,
    /** Only the contender has the benchmark. */
    ADDED,
    /**
     * Both have it, or the same benchmark in another mode, and it cannot be compared; or only the
     * contender has this metric of a benchmark that both have.
     */
    INCOMPARABLE
  }

  /** {@return the side that was to be compared with the base} */
  public String contender() {
    return key.contender();
  }

  /** {@return name of the metric} */
  public String metric() {
    return key.metric();
  }
}

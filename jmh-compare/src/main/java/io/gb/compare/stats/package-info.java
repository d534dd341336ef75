/**
 * Statistics of two small samples. Knows nothing of benchmarks. Samples are arrays of finite
 * numbers, which are not changed. Thread-safe. What depends on the sizes of samples alone is
 * cached, because thousands of rows have samples of the same sizes.
 */
@NullMarked
package io.gb.compare.stats;

import org.jspecify.annotations.NullMarked;

/**
 * The statistics of a comparison of two small samples. Knows nothing of benchmarks. Samples are
 * arrays of finite numbers; none is changed. Thread-safe. What depends on the sizes of samples
 * alone is kept once computed, for thousands of rows have the same ones.
 */
@NullMarked
package io.gb.compare.stats;

import org.jspecify.annotations.NullMarked;

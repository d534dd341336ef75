/**
 * The statistics of a comparison of two small samples. Knows nothing of benchmarks. Samples are
 * arrays of finite numbers; none is changed.
 */
@NullMarked
package io.gb.compare.stats;

import org.jspecify.annotations.NullMarked;

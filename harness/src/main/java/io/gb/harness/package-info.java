/**
 * The public API of one run: {@link io.gb.harness.Benchmark} runs what a {@link
 * io.gb.harness.BenchmarkConfig} describes and returns a {@link io.gb.harness.BenchmarkResult}.
 */
@NullMarked
package io.gb.harness;

import org.jspecify.annotations.NullMarked;

/** Tests that the benchmarks work. */
@NullMarked
package io.gb.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * What was measured: the results of JMH put together by benchmark, metric and unit. Knows nothing
 * of how two sides are compared or limited.
 */
@NullMarked
package io.gb.compare.measured;

import org.jspecify.annotations.NullMarked;

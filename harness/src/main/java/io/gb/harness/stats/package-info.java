/**
 * Records outcomes while a run lasts, in stripes without locks, and sums them up as immutable
 * values afterwards.
 */
@NullMarked
package io.gb.harness.stats;

import org.jspecify.annotations.NullMarked;

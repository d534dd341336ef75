/**
 * Compares JMH results: what changed, how sure that is, and whether a gate holds. {@link
 * io.gb.compare.Side} reads, {@link io.gb.compare.Comparison} judges, {@code io.gb.compare.report}
 * renders. Nothing here prints or exits.
 */
@NullMarked
package io.gb.compare;

import org.jspecify.annotations.NullMarked;

/**
 * Compares JMH results: what changed, and how sure that is. {@link io.gb.compare.Side} reads them,
 * {@link io.gb.compare.Comparison} compares them, {@code io.gb.compare.limit} holds them to gates
 * and budgets, and {@code io.gb.compare.report} renders. Nothing prints or exits. All values are
 * immutable, and so thread-safe.
 */
@NullMarked
package io.gb.compare;

import org.jspecify.annotations.NullMarked;

/**
 * Gates and budgets: limits that a comparison or the results of one file are held to. Both are
 * written in one grammar, {@link io.gb.compare.limit.Limit}, and come to one of the same outcomes.
 */
@NullMarked
package io.gb.compare.limit;

import org.jspecify.annotations.NullMarked;

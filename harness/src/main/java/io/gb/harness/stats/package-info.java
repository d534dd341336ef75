/**
 * Recording what happened and summing it up: striped recorders while the run lasts, immutable
 * results after it.
 */
@NullMarked
package io.gb.harness.stats;

import org.jspecify.annotations.NullMarked;

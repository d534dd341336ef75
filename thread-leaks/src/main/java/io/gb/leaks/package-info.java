/** Finds threads that were left behind, and proves which of them can never run again. */
@NullMarked
package io.gb.leaks;

import org.jspecify.annotations.NullMarked;

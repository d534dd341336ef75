/**
 * Finds threads that were left behind, and proves which of them can never run again: {@link
 * io.gb.leaks.ThreadLeaks} is the way in, {@link io.gb.leaks.LeakReport} is what comes out.
 */
@NullMarked
package io.gb.leaks;

import org.jspecify.annotations.NullMarked;

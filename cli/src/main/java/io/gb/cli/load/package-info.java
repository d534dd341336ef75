/** {@code gb} itself: its options, one run, and its progress. */
@NullMarked
package io.gb.cli.load;

import org.jspecify.annotations.NullMarked;

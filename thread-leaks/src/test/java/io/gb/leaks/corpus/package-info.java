/**
 * Programs with leaked threads, and programs that only look like it. Each says what is true of each
 * of its threads; the proof must agree.
 */
@NullMarked
package io.gb.leaks.corpus;

import org.jspecify.annotations.NullMarked;

/**
 * Proves from a heap dump, and from what its JVM has said, which threads can never run again. This
 * package asks no JVM and writes no files.
 */
@NullMarked
package io.gb.leaks.proof;

import org.jspecify.annotations.NullMarked;

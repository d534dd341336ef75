/** Proves from a heap dump which threads can never wake again, and checks such a proof. */
@NullMarked
package io.gb.leaks.proof;

import org.jspecify.annotations.NullMarked;

/** Reads heap dumps: a file and a few arrays of primitives, no object for an instance. */
@NullMarked
package io.gb.leaks.dump;

import org.jspecify.annotations.NullMarked;

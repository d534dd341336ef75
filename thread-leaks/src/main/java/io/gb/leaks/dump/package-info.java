/**
 * Reads heap dumps. It makes no Java object for an object of the dump: a few large arrays of
 * primitives refer to positions in the file.
 */
@NullMarked
package io.gb.leaks.dump;

import org.jspecify.annotations.NullMarked;

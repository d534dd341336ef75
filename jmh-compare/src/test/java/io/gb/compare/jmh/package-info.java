/** Tests of the reader. */
@NullMarked
package io.gb.compare.jmh;

import org.jspecify.annotations.NullMarked;

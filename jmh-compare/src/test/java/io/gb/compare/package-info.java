/** Tests of the comparison and its properties. */
@NullMarked
package io.gb.compare;

import org.jspecify.annotations.NullMarked;

/** Tests of the comparison, its gates and its properties. */
@NullMarked
package io.gb.compare;

import org.jspecify.annotations.NullMarked;

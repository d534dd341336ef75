/** Tests of numbers and names. */
@NullMarked
package io.gb.compare.text;

import org.jspecify.annotations.NullMarked;

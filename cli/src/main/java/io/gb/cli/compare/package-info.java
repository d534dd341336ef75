/** {@code gb compare}, {@code gb compare run} and {@code gb check}. */
@NullMarked
package io.gb.cli.compare;

import org.jspecify.annotations.NullMarked;

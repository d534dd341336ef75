/** {@code gb compare} and {@code gb compare run}. */
@NullMarked
package io.gb.cli.compare;

import org.jspecify.annotations.NullMarked;

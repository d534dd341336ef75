/** {@code gb serve}. */
@NullMarked
package io.gb.cli.serve;

import org.jspecify.annotations.NullMarked;

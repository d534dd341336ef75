/** The command {@code gb}: parses arguments, prints and exits; nothing below it does. */
@NullMarked
package io.gb.cli;

import org.jspecify.annotations.NullMarked;

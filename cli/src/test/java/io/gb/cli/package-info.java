/** Tests of the command: what it prints, where, and how it ends. */
@NullMarked
package io.gb.cli;

import org.jspecify.annotations.NullMarked;

/** Writes the files of the archive that follow from gb's options: manual and completions. */
@NullMarked
package io.gb.dist;

import org.jspecify.annotations.NullMarked;

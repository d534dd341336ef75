/** Tests of what was measured. */
@NullMarked
package io.gb.compare.measured;

import org.jspecify.annotations.NullMarked;

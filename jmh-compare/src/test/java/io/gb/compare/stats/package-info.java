/** Tests of the statistics, by hand arithmetic and against SciPy. */
@NullMarked
package io.gb.compare.stats;

import org.jspecify.annotations.NullMarked;

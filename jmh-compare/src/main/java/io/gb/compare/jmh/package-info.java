/** Reads the JSON of JMH 1.19 to 1.37 into values. Knows nothing of comparisons. */
@NullMarked
package io.gb.compare.jmh;

import org.jspecify.annotations.NullMarked;

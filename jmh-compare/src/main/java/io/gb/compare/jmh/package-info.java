/** JMH's JSON, versions 1.19 to 1.37, read into values. Knows nothing of comparing. */
@NullMarked
package io.gb.compare.jmh;

import org.jspecify.annotations.NullMarked;

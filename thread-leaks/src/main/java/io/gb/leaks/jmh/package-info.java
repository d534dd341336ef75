/** The profiler for JMH. */
@NullMarked
package io.gb.leaks.jmh;

import org.jspecify.annotations.NullMarked;

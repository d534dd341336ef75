/** The profiler for JMH that counts leaked threads. */
@NullMarked
package io.gb.leaks.jmh;

import org.jspecify.annotations.NullMarked;

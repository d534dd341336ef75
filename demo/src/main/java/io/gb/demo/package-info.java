/**
 * The leak of 2013 and its fixes. Some of this code is wrong on purpose: only {@code gb demo} and
 * the benchmarks may use it.
 */
@NullMarked
package io.gb.demo;

import org.jspecify.annotations.NullMarked;

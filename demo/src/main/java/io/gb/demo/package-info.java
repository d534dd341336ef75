/**
 * The leak and its fix. Part of the code in here is wrong on purpose: only {@code gb demo} and the
 * benchmarks may use it.
 */
@NullMarked
package io.gb.demo;

import org.jspecify.annotations.NullMarked;

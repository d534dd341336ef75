/** The rules of the architecture, as tests that run in every module. */
@NullMarked
package io.gb.rules;

import org.jspecify.annotations.NullMarked;

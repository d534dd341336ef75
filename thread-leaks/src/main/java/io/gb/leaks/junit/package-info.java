/** The extension for JUnit 5 that fails tests which leave threads behind. */
@NullMarked
package io.gb.leaks.junit;

import org.jspecify.annotations.NullMarked;

/** The extension for JUnit 5. */
@NullMarked
package io.gb.leaks.junit;

import org.jspecify.annotations.NullMarked;

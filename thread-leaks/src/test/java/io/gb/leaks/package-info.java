@NullMarked
package io.gb.leaks;

import org.jspecify.annotations.NullMarked;

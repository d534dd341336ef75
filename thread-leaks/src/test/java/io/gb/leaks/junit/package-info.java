@NullMarked
package io.gb.leaks.junit;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.gb.leaks.proof;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.gb.leaks.jvm;

import org.jspecify.annotations.NullMarked;

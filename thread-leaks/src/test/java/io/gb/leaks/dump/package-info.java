@NullMarked
package io.gb.leaks.dump;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.gb.dist;

import org.jspecify.annotations.NullMarked;

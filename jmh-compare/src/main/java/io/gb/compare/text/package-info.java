/** How numbers and names are written and patterns are read, wherever users meet them. */
@NullMarked
package io.gb.compare.text;

import org.jspecify.annotations.NullMarked;

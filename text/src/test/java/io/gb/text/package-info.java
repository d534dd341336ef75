@NullMarked
package io.gb.text;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.gb.canary;

import org.jspecify.annotations.NullMarked;

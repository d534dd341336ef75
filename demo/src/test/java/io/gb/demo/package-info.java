@NullMarked
package io.gb.demo;

import org.jspecify.annotations.NullMarked;

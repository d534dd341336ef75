@NullMarked
package io.gb.cli.leaks;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.gb.cli.compare;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.gb.cli.load;

import org.jspecify.annotations.NullMarked;
